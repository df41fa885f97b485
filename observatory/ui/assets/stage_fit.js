// Fitting a card to a slide. Lengths are those of a stage of 1280 by 720; no text may be smaller
// than 20 of them. A drawing alone is scaled, or has its rows moved together while its type keeps
// its size; anything else is enlarged as it is and loses the rows at its end that have no room.
// Nothing is cut through: a drawing ends between two rows, a block after an entry.

const BASE = 12; // the smallest type of cards
const LEAST = 20; // the smallest type of slides
const DENSE = 16; // that of a table marked as dense: many rows of few words
const GROW = LEAST / BASE;
const CLOSEST = 0.4; // rows are moved together to this share of their distance at most
const LINE = 0.95; // height of a line of text that stands free of the next, of its size

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

// A figure with its unit at most: the labels of an axis stand in columns of such.
const FIGURE = /^[−-]?[\d.,\s]+\s?\S{0,4}$/;
const column = (node) => (FIGURE.test(node.textContent) ? Math.round(numbers(node, "x")) : null);

// Labels of an axis that stand too close are left out, the uppermost has the unit and stays.
function thin(svg) {
  const columns = new Map();
  for (const node of svg.querySelectorAll("text")) {
    const at = column(node);
    if (at !== null && shown(node)) columns.set(at, [...(columns.get(at) || []), node]);
  }
  for (const nodes of columns.values()) {
    let last = -Infinity;
    for (const node of nodes.sort((a, b) => numbers(a, "y") - numbers(b, "y"))) {
      const y = numbers(node, "y");
      if (y - last < LINE * numbers(node, "font-size") * 0.98 && y > last + 1) node.setAttribute("display", "none");
      else last = y;
    }
  }
}

// How far rows can be moved together before a line of text stands in the next.
function closest(svg) {
  const box = svg.getBoundingClientRect();
  const unit = (svg.viewBox.baseVal.width || box.width) / box.width;
  const lines = [...svg.querySelectorAll("text")].map((node) => {
    const own = node.getBoundingClientRect();
    return { left: own.left * unit, right: own.right * unit, middle: ((own.top + own.bottom) / 2) * unit,
      size: numbers(node, "font-size") || BASE, wide: own.width, column: column(node) };
  }).filter((line) => line.wide).sort((a, b) => a.middle - b.middle);
  let most = CLOSEST;
  lines.forEach((line, at) => {
    for (let i = at + 1; i < lines.length && lines[i].middle - line.middle < line.size / CLOSEST; i += 1) {
      const apart = lines[i].middle - line.middle;
      const need = (LINE * (line.size + lines[i].size)) / 2;
      if (line.column !== null && line.column === lines[i].column) continue;
      // What stands on one line, or covers the other as drawn, asks for nothing.
      if (apart > need * 0.6 && lines[i].left < line.right && line.left < lines[i].right) most = Math.max(most, Math.min(1, need / apart));
    }
  });
  return most;
}

// How far words and marks reach beyond a drawing's own box: [top, right, bottom, left].
function beyond(svg, width, height) {
  const box = svg.getBoundingClientRect();
  const over = [0, 0, 0, 0];
  for (const node of svg.querySelectorAll("text,circle,path")) {
    if (node.closest("defs")) continue;
    const own = node.getBoundingClientRect();
    if (!own.width || !own.height) continue;
    // The box of a line has air above and below its letters.
    const air = node.localName === "text" ? own.height * 0.16 : 0;
    [box.top - own.top - air, own.right - box.right, own.bottom - box.bottom - air, box.left - own.left]
      .forEach((by, side) => { over[side] = Math.max(over[side], by); });
  }
  return over.map((by, side) => Math.min(by, (side % 2 ? width : height) * 0.1));
}

// Where a drawing can be cut without going through a line of text or a mark, at `most` or above it.
function cutAt(svg, most, height, kinds = "text,circle,rect,path") {
  const box = svg.getBoundingClientRect();
  const unit = height / box.height;
  const bands = [...svg.querySelectorAll(kinds)].filter((node) => !node.closest("defs")).map((node) => {
    const own = node.getBoundingClientRect();
    return [(own.top - box.top) * unit, (own.bottom - box.top) * unit];
  }).filter(([top, bottom]) => bottom > top && bottom - top < most / 5);
  let cut = most;
  for (let again = true; again;) {
    again = false;
    for (const [top, bottom] of bands) {
      if (top < cut - 0.01 && bottom > cut) { cut = top; again = true; }
    }
  }
  if (cut > most * 0.4) return cut;
  return kinds === "text" ? most : cutAt(svg, most, height, "text");
}

function sized(svg, [left, top, width, height]) {
  svg.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.style.width = `${width}px`;
  svg.style.height = `${height}px`;
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
  if (even >= GROW * 0.995) {
    sized(svg, [0, 0, w, h]);
    svg.style.width = `${w * even}px`;
    svg.style.height = `${h * even}px`;
    return 0;
  }
  const near = GROW * closest(svg);
  const plain = [...svg.childNodes].map((node) => node.cloneNode(true));
  // Type keeps its size where places move together: what then reaches over an edge takes room of its own.
  let over = [0, 0, 0, 0];
  let width = w;
  let height = h;
  for (let pass = 0; pass < 2; pass += 1) {
    const [top, right, bottom, left] = over;
    const sx = Math.min((wide - left - right) / w, GROW * 1.1);
    const sy = Math.max(Math.min((high - top - bottom) / h, GROW), near);
    if (pass) svg.replaceChildren(...plain);
    stretch(svg, sx, sy, GROW);
    width = w * sx + left + right;
    height = h * sy + top + bottom;
    sized(svg, [-left, -top, width, height]);
    if (pass) break;
    over = beyond(svg, width, height);
    if (!over.some((by) => by > 0.5)) break;
  }
  thin(svg);
  if (height <= high + 1) return 0;
  const at = cutAt(svg, high, height);
  sized(svg, [-over[3], -over[0], width, at]);
  svg.style.overflow = "hidden";
  return 1 - at / height;
}

// Everything else ---------------------------------------------------------------------------------

// Rows that can be left out at the end: children of one kind that stand one under the other, the
// outermost first, or blocks in lines beside each other. What is inside a row belongs to it, but
// for a list under a heading: its entries are the rows.
function rowsOf(box) {
  const tops = (group) => new Set(group.map((node) => Math.round(node.getBoundingClientRect().top / 4)));
  const stacked = (group) => group.every((node, i) => !i
    || node.getBoundingClientRect().top >= group[i - 1].getBoundingClientRect().bottom - 3);
  const entries = (row) => {
    if (["li", "tr", "dt", "dd", "p"].includes(row.localName)) return [row];
    const found = [...row.querySelectorAll("ol > li, ul > li, tbody > tr")]
      .filter((one) => shown(one) && !one.parentElement.closest("li,tr"));
    return found.length && stacked(found) ? found : [row];
  };
  const under = (node) => {
    const groups = new Map();
    for (const child of node.children) {
      if (!shown(child) || ["svg", "thead", "caption", "colgroup"].includes(child.localName)) continue;
      const kind = `${child.localName}.${child.classList[0] || ""}`;
      groups.set(kind, [...(groups.get(kind) || []), child]);
    }
    const list = ["tbody", "ul", "ol"].includes(node.localName);
    return [...groups.values()].flatMap((group) => {
      // Groups of a table hold its rows; none of them is a row itself.
      if (group[0].localName === "tbody" && group.length > 1) return group.flatMap((body) => [...body.children].filter(shown));
      if ((list || group.length > 2) && group.length > 1 && stacked(group)) return group.flatMap(entries);
      const inner = group.flatMap(under);
      return inner.length || group.length < 3 || tops(group).size < 2 || group[0].localName === "span" ? inner : group;
    });
  };
  return under(box);
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

function readable(box, scale, least) {
  for (const node of box.querySelectorAll("*")) {
    if (node.namespaceURI !== "http://www.w3.org/2000/svg") {
      if (hasWords(node) && parseFloat(getComputedStyle(node).fontSize) < BASE) node.style.fontSize = `${BASE}px`;
    }
  }
  for (const svg of box.querySelectorAll("svg")) {
    if (!shown(svg)) continue;
    const view = svg.viewBox.baseVal;
    const unit = view && view.width ? svg.getBoundingClientRect().width / scale / view.width : least / BASE;
    for (const text of svg.querySelectorAll("text,tspan")) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (size * unit < least) text.setAttribute("font-size", (least / unit + 0.05).toFixed(2));
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

// Leave out all rows but `kept`, and the blocks and headings that have no row any more.
function keep(box, rows, kept) {
  box.querySelectorAll(".stg-off[data-left]").forEach((node) => {
    node.classList.remove("stg-off");
    node.removeAttribute("data-left");
  });
  const off = (node) => { node.classList.add("stg-off"); node.setAttribute("data-left", ""); };
  const alive = new Set();
  for (const row of kept) for (let node = row; node && node !== box; node = node.parentElement) alive.add(node);
  for (const row of rows) {
    if (alive.has(row)) continue;
    let gone = row;
    while (gone.parentElement !== box && !alive.has(gone.parentElement)) gone = gone.parentElement;
    off(gone);
  }
  // A term goes with what is said of it, a heading with all that stands under it.
  for (const title of box.querySelectorAll("h3,h4,h5")) {
    let next = title.nextElementSibling;
    const under = [];
    for (; next && !/^H[1-6]$/i.test(next.localName); next = next.nextElementSibling) under.push(next);
    if (under.length && under.every((node) => node.classList.contains("stg-off"))) off(title);
  }
  for (const term of box.querySelectorAll("dt")) if (term.nextElementSibling?.classList.contains("stg-off")) off(term);
}

// The last words of a block that no row could be taken from, until it fits.
function trim(box, high, scale, spare) {
  const bottom = (node) => (node.getBoundingClientRect().bottom - box.getBoundingClientRect().top) / scale;
  const said = [...box.querySelectorAll("*")].filter((node) => shown(node) && !node.closest("svg,tr")
    && getComputedStyle(node).display !== "inline" && (hasWords(node) || node.querySelector(":scope > svg, :scope > span, :scope > b, :scope > a")));
  let left = 0;
  while (said.length > spare && box.getBoundingClientRect().height / scale > high + 2) {
    const node = said.pop();
    if (!shown(node) || bottom(node) <= high) continue;
    node.classList.add("stg-off");
    left += 1;
  }
  return left;
}

// Enlarge a block and leave out rows until it fits; returns the number of rows left out.
function fitBlock(box, wide, high, scale) {
  const least = box.querySelector("[data-slide='dense']") ? DENSE : LEAST;
  box.style.width = `${(wide * BASE) / least}px`;
  box.style.zoom = least / BASE;
  narrow(box);
  readable(box, scale, least);
  const bottom = (node) => node.getBoundingClientRect().bottom;
  const tall = () => box.getBoundingClientRect().height / scale;
  const fits = () => tall() <= high + 2;
  if (fits()) return 0;
  // Rows a little closer, if all of them find room that way.
  box.classList.add("stg-tight");
  if (fits()) return 0;
  box.classList.remove("stg-tight");
  const rows = rowsOf(box);
  const places = new Map(rows.map((row) => [row, bottom(row)]));
  const order = [...rows].sort((a, b) => places.get(a) - places.get(b) || rows.indexOf(a) - rows.indexOf(b));
  // One row stays whatever its height: a slide is never empty.
  let few = Math.min(1, order.length);
  let many = order.length;
  while (few < many) {
    const half = Math.ceil((few + many) / 2);
    keep(box, rows, order.slice(0, half));
    if (fits()) few = half;
    else many = half - 1;
  }
  while (few > 1 && few < order.length && heads(order[few - 1])) few -= 1;
  keep(box, rows, order.slice(0, few));
  const left = order.slice(few).filter((row) => !heads(row)).length;
  return left + (trim(box, high, scale, rows.length ? 0 : 1) && !left ? 1 : 0);
}

function fitTitle(section) {
  const title = section.querySelector(".stg-title");
  for (const [size, line] of [[38, 46], [34, 41], [30, 37], [27, 33]]) {
    title.style.fontSize = `${size}px`;
    title.style.lineHeight = `calc(${line}px + var(--cjk))`;
    if (title.offsetHeight <= 2 * (line + 2) + 2) break;
  }
}

// Small print has three lines: sentences at its end that have no room are left out whole.
function whole(node) {
  const walk = node && document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walk?.nextNode()) if (walk.currentNode.data.trim()) last = walk.currentNode;
  while (last && node.scrollHeight > node.clientHeight + 2) {
    const said = last.data.trimEnd();
    const end = Math.max(said.lastIndexOf(". ", said.length - 2), said.lastIndexOf("。", said.length - 2));
    const part = Math.max(said.lastIndexOf("; "), said.lastIndexOf("；"));
    const dot = said.lastIndexOf("· ");
    if (Math.max(end, part) < 0) {
      // One sentence that does not fit: what stands before it is whole without.
      if (dot >= 0) last.data = said.slice(0, dot);
      break;
    }
    last.data = end < 0 ? `${said.slice(0, part)}${said[part] === "；" ? "。" : "."}` : said.slice(0, end + 1);
  }
}

// Fit a slide that is laid out (though unseen) at `scale` of the stage's own pixels.
function fit(section, words, scale) {
  fitTitle(section);
  whole(section.querySelector(".stg-foot .foot"));
  whole(section.querySelector(".stg-sub"));
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
  const start = box.cloneNode(true);
  if (big) {
    const once = () => {
      const drawing = box.querySelector("svg");
      drawing.closest(".obs-svg")?.classList.add("stg-whole");
      return said ? fitWithWords(box, drawing, wide, high(), scale).cut : fitDrawing(drawing, wide, high()) > 0.02;
    };
    if (!once()) return;
    // The line that says so takes room of its own: once more from the start.
    more.textContent = words.cut;
    box.replaceChildren(...start.childNodes);
    once();
    return;
  }
  const beyond = Number(section.dataset.beyond || 0);
  const say = (left) => { more.textContent = left > 1 ? words.more.replace("{n}", left) : left ? words.one : ""; };
  let left = fitBlock(box, wide, high(), scale) + beyond;
  if (!left) return;
  say(left);
  box.replaceChildren(...start.childNodes);
  left = fitBlock(box, wide, high(), scale) + beyond;
  say(left);
}
