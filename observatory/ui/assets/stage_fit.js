// Fitting a card to a slide. Lengths are those of a stage of 1280 by 720; no text may be smaller
// than 20 of them. A drawing alone is scaled, or has its rows moved together while its type keeps
// its size; anything else is enlarged as it is and loses the rows at its end that have no room.

const BASE = 12; // the smallest type of cards
const LEAST = 20; // the smallest type of slides
const GROW = LEAST / BASE;
const CLOSEST = 0.5; // rows are moved together to half their distance at most

const shown = (node) => node.getClientRects().length > 0;
const numbers = (node, name) => parseFloat(node.getAttribute(name) || "0");

// Scale a path: places by (sx, sy), what hangs on them (relative commands) as the type is.
function scaledPath(d, sx, sy, st) {
  const out = [];
  for (const [, letter, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const values = (rest.match(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/g) || []).map(Number);
    const kind = letter.toUpperCase();
    const own = letter === kind;
    const x = own ? sx : st;
    const y = own ? sy : st;
    const scaled = values.map((value, i) => {
      if (kind === "H") return value * x;
      if (kind === "V") return value * y;
      if (kind === "A") return [value * st, value * st, value, value, value, value * x, value * y][i % 7];
      return value * (i % 2 ? y : x);
    });
    // The flags and the turn of an arc are no lengths.
    if (kind === "A") values.forEach((value, i) => { if ([2, 3, 4].includes(i % 7)) scaled[i] = value; });
    out.push(letter + scaled.map((value) => +value.toFixed(2)).join(" "));
  }
  return out.join("");
}

function times(node, name, factor) {
  if (node.hasAttribute(name)) node.setAttribute(name, +(numbers(node, name) * factor).toFixed(2));
}

function stretch(svg, sx, sy, st) {
  const touched = (node) => {
    for (const child of node.children) {
      const tag = child.localName;
      if (tag === "defs" || tag === "title" || tag === "desc") continue;
      const turned = child.getAttribute("transform");
      if (turned) {
        const move = turned.match(/^translate\(\s*(-?[\d.]+)[ ,]+(-?[\d.]+)\s*\)(.*)$/);
        if (!move) continue;
        child.setAttribute("transform", `translate(${move[1] * sx} ${move[2] * sy})${move[3]} scale(${st})`);
        continue;
      }
      if (tag === "text" || tag === "tspan") {
        const size = Math.max(numbers(child, "font-size") || BASE, BASE);
        const middle = 0.35 * size;
        times(child, "x", sx);
        if (child.hasAttribute("y")) child.setAttribute("y", ((numbers(child, "y") - middle) * sy + middle * st).toFixed(2));
        ["dx", "dy"].forEach((name) => times(child, name, st));
        if (tag === "text" || child.hasAttribute("font-size")) child.setAttribute("font-size", (size * st).toFixed(2));
        times(child, "stroke-width", st);
      } else if (tag === "circle") {
        times(child, "cx", sx); times(child, "cy", sy); times(child, "r", st); times(child, "stroke-width", st);
      } else {
        ["x", "x1", "x2", "width", "cx", "rx"].forEach((name) => times(child, name, sx));
        ["y", "y1", "y2", "height", "cy", "ry"].forEach((name) => times(child, name, sy));
        if (tag === "path") child.setAttribute("d", scaledPath(child.getAttribute("d") || "", sx, sy, st));
        if (tag !== "g" || child.hasAttribute("stroke-width")) {
          child.setAttribute("stroke-width", ((numbers(child, "stroke-width") || 1) * st).toFixed(2));
        }
      }
      touched(child);
    }
  };
  touched(svg);
}

// Where a drawing can be cut without going through a line of text, at `most` or above it.
function cutAt(svg, most, height) {
  const box = svg.getBoundingClientRect();
  const unit = height / box.height;
  const bands = [...svg.querySelectorAll("text")].map((node) => {
    const own = node.getBoundingClientRect();
    return [(own.top - box.top) * unit, (own.bottom - box.top) * unit];
  });
  let cut = most;
  for (let again = true; again;) {
    again = false;
    for (const [top, bottom] of bands) {
      if (top < cut - 0.01 && bottom > cut && bottom - top < most / 3) { cut = top; again = true; }
    }
  }
  return cut > most * 0.4 ? cut : most;
}

// Fit one drawing into `wide` by `high`; returns how much of it had to be cut off (0 to 1).
function fitDrawing(svg, wide, high) {
  const box = (svg.getAttribute("viewBox") || "").split(/[ ,]+/).map(Number);
  if (box.length !== 4 || !(box[2] > 0) || !(box[3] > 0)) return 0;
  const [, , w, h] = box;
  for (const text of svg.querySelectorAll("text,tspan")) {
    if (text.hasAttribute("font-size") && numbers(text, "font-size") < BASE) text.setAttribute("font-size", BASE);
  }
  svg.style.maxWidth = "none";
  const even = Math.min(wide / w, high / h, 2.6);
  let width = w * even;
  let height = h * even;
  let cut = 0;
  if (even < GROW * 0.995) {
    const sx = Math.min(wide / w, GROW * 1.1);
    let sy = Math.min(high / h, GROW);
    width = w * sx;
    if (sy < GROW * CLOSEST) sy = GROW * CLOSEST;
    stretch(svg, sx, sy, GROW);
    height = h * sy;
    if (height > high + 1) {
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.style.width = `${width}px`;
      svg.style.height = `${height}px`;
      const at = cutAt(svg, high, height);
      cut = 1 - at / height;
      height = at;
      svg.style.overflow = "hidden";
    }
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.style.width = `${width}px`;
  svg.style.height = `${height}px`;
  return cut;
}

// Everything else ---------------------------------------------------------------------------------

// Rows that can be left out at the end: children of one kind that stand one under the other, the
// outermost first. What is inside a row belongs to it.
function rowsOf(box) {
  const rows = [];
  const stacked = (group) => group.every((node, i) => !i
    || node.getBoundingClientRect().top >= group[i - 1].getBoundingClientRect().bottom - 3);
  const walk = (node) => {
    const groups = new Map();
    for (const child of node.children) {
      if (!shown(child) || ["svg", "thead", "caption", "colgroup"].includes(child.localName)) continue;
      const kind = `${child.localName}.${child.classList[0] || ""}`;
      groups.set(kind, [...(groups.get(kind) || []), child]);
    }
    const list = ["tbody", "ul", "ol"].includes(node.localName);
    for (const group of groups.values()) {
      // Groups of a table hold its rows; none of them is a row itself.
      if (group[0].localName === "tbody" && group.length > 1) rows.push(...group.flatMap((body) => [...body.children].filter(shown)));
      else if ((list || group.length > 2) && group.length > 1 && stacked(group)) rows.push(...group);
      else group.forEach(walk);
    }
  };
  walk(box);
  return rows;
}

// A line that names a group of rows and has no value of its own.
const heads = (row) => row.localName === "tr" && !row.querySelector(":scope > td");

function narrow(box) {
  for (const table of box.querySelectorAll("table")) {
    const wrap = table.closest(".tbwrap") || table.parentElement;
    for (let tries = 0; tries < 12 && table.scrollWidth > wrap.clientWidth + 2; tries += 1) {
      const names = [...table.querySelectorAll("thead tr:last-child > *")].filter(shown);
      if (names.length < 3) break;
      const at = [...names[names.length - 1].parentElement.children].indexOf(names[names.length - 1]);
      table.querySelectorAll("tr").forEach((row) => row.children[at]?.classList.add("stg-off"));
    }
  }
}

function readable(box, scale) {
  for (const node of box.querySelectorAll("*")) {
    if (node.namespaceURI !== "http://www.w3.org/2000/svg") {
      if (hasWords(node) && parseFloat(getComputedStyle(node).fontSize) < BASE) node.style.fontSize = `${BASE}px`;
    }
  }
  for (const svg of box.querySelectorAll("svg")) {
    if (!shown(svg)) continue;
    const view = svg.viewBox.baseVal;
    const unit = view && view.width ? svg.getBoundingClientRect().width / scale / view.width : GROW;
    for (const text of svg.querySelectorAll("text,tspan")) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (size * unit < LEAST) text.setAttribute("font-size", (LEAST / unit + 0.05).toFixed(2));
    }
  }
}

const hasWords = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());

// A drawing with a few words: the words at their least size, the drawing takes the rest.
function fitWithWords(box, svg, wide, high, scale) {
  for (const node of box.querySelectorAll("*")) {
    if (node.closest("svg") || !hasWords(node)) continue;
    node.style.fontSize = `${LEAST}px`;
    node.style.lineHeight = "1.3";
  }
  svg.style.display = "none";
  const all = box.getBoundingClientRect().height / scale;
  svg.style.display = "";
  const words = Math.min(all, high * 0.24);
  const cut = fitDrawing(svg, wide, high - words - 6);
  const bottom = () => box.getBoundingClientRect().height / scale;
  const rest = [...box.querySelectorAll("*")].filter((node) => !node.closest("svg") && !node.querySelector("svg") && shown(node));
  let left = 0;
  while (bottom() > high + 2 && rest.length) {
    const node = rest.pop();
    if (!node.querySelector(":scope > *:not(.stg-off)") || hasWords(node)) {
      if (!shown(node)) continue;
      node.classList.add("stg-off");
      if (hasWords(node)) left += 1;
    }
  }
  return { left: 0, cut: cut > 0.02 || left > 0 };
}

// Enlarge a block and leave out rows until it fits; returns the number of rows left out.
function fitBlock(box, wide, high, scale) {
  box.style.width = `${wide / GROW}px`;
  box.style.zoom = GROW;
  narrow(box);
  readable(box, scale);
  const bottom = (node) => (node.getBoundingClientRect().bottom - box.getBoundingClientRect().top) / scale;
  const tall = () => box.getBoundingClientRect().height / scale;
  let left = 0;
  if (tall() > high + 2) {
    // Rows a little closer, if all of them find room that way.
    box.classList.add("stg-tight");
    if (tall() <= high + 2) return 0;
    box.classList.remove("stg-tight");
  }
  const rows = rowsOf(box);
  // One row stays whatever its height: a slide is never empty.
  for (const row of rows.filter((one, at) => at && bottom(one) > high + 4)) {
    row.classList.add("stg-off");
    left += heads(row) ? 0 : 1;
  }
  const rest = rows.filter((row) => !row.classList.contains("stg-off"));
  while (rest.length > 1 && (tall() > high + 2 || (left && heads(rest[rest.length - 1])))) {
    const row = rest.pop();
    row.classList.add("stg-off");
    left += heads(row) ? 0 : 1;
  }
  return left;
}

function fitTitle(section) {
  const title = section.querySelector(".stg-title");
  for (const [size, line] of [[38, 46], [34, 41], [30, 37], [27, 33]]) {
    title.style.fontSize = `${size}px`;
    title.style.lineHeight = `calc(${line}px + var(--cjk))`;
    if (title.offsetHeight <= 2 * (line + 2) + 2) break;
  }
}

// Fit a slide that is laid out (though unseen) at `scale` of the stage's own pixels.
function fit(section, words, scale) {
  fitTitle(section);
  const body = section.querySelector(".stg-body");
  const box = body.querySelector(".stg-fit");
  const more = section.querySelector(".stg-more");
  box.querySelectorAll(".on-phone").forEach((node) => node.remove());
  box.querySelectorAll("desc").forEach((node) => node.remove());
  const wide = body.clientWidth;
  const high = () => body.clientHeight;
  const drawings = [...box.querySelectorAll("svg")];
  const rest = box.cloneNode(true);
  rest.querySelectorAll("svg,.sr").forEach((node) => node.remove());
  const said = rest.textContent.trim().length;
  const big = drawings.length === 1 && drawings[0].getBoundingClientRect().width / scale > wide * 0.5;
  const whole = box.cloneNode(true);
  if (big) {
    const once = () => {
      const drawing = box.querySelector("svg");
      drawing.closest(".obs-svg")?.classList.add("stg-whole");
      return said ? fitWithWords(box, drawing, wide, high(), scale).cut : fitDrawing(drawing, wide, high()) > 0.02;
    };
    if (!once()) return;
    // The line that says so takes room of its own: once more from the start.
    more.textContent = words.cut;
    box.replaceChildren(...whole.childNodes);
    once();
    return;
  }
  const beyond = Number(section.dataset.beyond || 0);
  const say = (left) => { more.textContent = left > 1 ? words.more.replace("{n}", left) : left ? words.one : ""; };
  let left = fitBlock(box, wide, high(), scale) + beyond;
  if (!left) return;
  say(left);
  box.replaceChildren(...whole.childNodes);
  left = fitBlock(box, wide, high(), scale) + beyond;
  say(left);
}
