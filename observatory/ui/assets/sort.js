// Tables sorted by a click or a key on a head. A long table may go on in a folded part below it:
// tables with the same heads in one card are one table, and rows move between them.

const firstOrder = new WeakMap();

const headsOf = (table) => [...(table.tHead?.rows[0]?.cells || [])].map((cell) => cell.textContent).join("\u001f");

function partsOf(table) {
  const heads = headsOf(table);
  const home = table.closest(".card, .dlg") || table.parentElement;
  return [...home.querySelectorAll("table.tb")].filter((one) => one.tBodies[0] && headsOf(one) === heads);
}

function exactOf(row, at, kind) {
  const cell = row.cells[at];
  const exact = cell?.getAttribute("data-v");
  if (kind === "number") return exact ? Number(exact) : null;
  const text = exact ?? cell?.textContent.trim() ?? "";
  return text === "" ? null : text;
}

function sortBy(button) {
  const head = button.closest("th");
  const table = button.closest("table");
  const kind = button.dataset.sort;
  const at = head.cellIndex;
  const parts = partsOf(table);
  const sizes = parts.map((part) => part.tBodies[0].rows.length);
  const rows = parts.flatMap((part) => [...part.tBodies[0].rows]);
  rows.forEach((row, index) => { if (!firstOrder.has(row)) firstOrder.set(row, index); });
  // Numbers start with the largest, words with the first of the alphabet; a third time, as it was.
  const ways = kind === "number" ? ["descending", "ascending", "none"] : ["ascending", "descending", "none"];
  const way = ways[(ways.indexOf(head.getAttribute("aria-sort")) + 1) % 3];
  const words = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
  const sign = way === "descending" ? -1 : 1;
  rows.sort((a, b) => {
    const before = firstOrder.get(a) - firstOrder.get(b);
    if (way === "none") return before;
    const [x, y] = [exactOf(a, at, kind), exactOf(b, at, kind)];
    // What is not known stands last, whichever way.
    if (x === null || y === null) return (x === null) - (y === null) || before;
    return sign * (kind === "number" ? x - y : words.compare(x, y)) || before;
  });
  let next = 0;
  parts.forEach((part, index) => {
    part.tBodies[0].replaceChildren(...rows.slice(next, (next += sizes[index])));
    [...part.tHead.rows[0].cells].forEach((cell, place) => {
      if (cell.hasAttribute("aria-sort")) cell.setAttribute("aria-sort", place === at ? way : "none");
    });
  });
  const said = state.data.words?.sorted?.[way] || "";
  announce(said.replace("{column}", button.textContent.trim()), true);
}
