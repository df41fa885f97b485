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
function cutAt(svg, most) {
  const bands = [...svg.querySelectorAll("text")].map((node) => {
    const y = numbers(node, "y");
    const size = numbers(node, "font-size") || BASE;
    return [y - size * 1.1, y + size * 0.5];
  });
  let cut = most;
  for (let again = true; again;) {
    again = false;
    for (const [top, bottom] of bands) {
      if (top < cut && bottom > cut) { cut = top; again = true; }
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
      const at = cutAt(svg, high);
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

// Rows that can be left out at the end: of tables, lists, and of blocks of the same kind.
function rowsOf(box) {
  const rows = [];
  const walk = (node) => {
    for (const child of node.children) {
      if (child.localName === "svg" || child.localName === "thead") continue;
      walk(child);
    }
    const groups = new Map();
    for (const child of node.children) {
      const kind = `${child.localName}.${child.classList[0] || ""}`;
      groups.set(kind, [...(groups.get(kind) || []), child]);
    }
    const many = node.localName === "tbody" || node.localName === "ul" || node.localName === "ol" ? 1 : 4;
    for (const group of groups.values()) {
      if (group.length >= many && group[0].localName !== "td" && group[0].localName !== "th"
          && group[0].localName !== "span" && group[0].localName !== "col") rows.push(...group);
    }
  };
  walk(box);
  return rows;
}

function narrow(box) {
  for (const table of box.querySelectorAll("table")) {
    const wrap = table.closest(".tbwrap") || table.parentElement;
    for (let tries = 0; tries < 12 && table.scrollWidth > wrap.clientWidth + 2; tries += 1) {
      const heads = [...table.querySelectorAll("thead tr:last-child > *")].filter(shown);
      if (heads.length < 3) break;
      const at = [...heads[heads.length - 1].parentElement.children].indexOf(heads[heads.length - 1]);
      table.querySelectorAll("tr").forEach((row) => row.children[at]?.classList.add("stg-off"));
    }
  }
}

function readable(box, scale) {
  for (const node of box.querySelectorAll("*")) {
    if (node.namespaceURI !== "http://www.w3.org/2000/svg") {
      const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
      if (own && parseFloat(getComputedStyle(node).fontSize) < BASE) node.style.fontSize = `${BASE}px`;
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

// Enlarge a block and leave out rows until it fits; returns the number of rows left out.
function fitBlock(box, wide, high, scale) {
  box.style.width = `${wide / GROW}px`;
  box.style.zoom = GROW;
  narrow(box);
  readable(box, scale);
  const bottom = (node) => (node.getBoundingClientRect().bottom - box.getBoundingClientRect().top) / scale;
  const tall = () => box.getBoundingClientRect().height / scale;
  let left = 0;
  if (tall() > high) {
    const rows = rowsOf(box).filter(shown);
    const tops = rows.map((row) => [row, bottom(row)]);
    const over = tops.filter(([, end]) => end > high + 4).map(([row]) => row);
    const outer = new Set(over);
    // A row that holds others goes only if none of them can.
    const leaves = over.filter((row) => ![...outer].some((other) => other !== row && row.contains(other)));
    leaves.forEach((row) => row.classList.add("stg-off"));
    left = leaves.length;
    const rest = rows.filter((row) => !leaves.includes(row)).reverse();
    while (tall() > high + 2 && rest.length) {
      const row = rest.shift();
      if (!shown(row)) continue;
      row.classList.add("stg-off");
      left += 1;
    }
  }
  if (tall() > high + 2) {
    // One drawing among words gives way before anything is cut.
    const big = [...box.querySelectorAll("svg")].filter((svg) => shown(svg) && svg.getBoundingClientRect().width / scale > wide * 0.5);
    if (big.length === 1) {
      const svg = big[0];
      const used = svg.getBoundingClientRect().height / scale;
      const now = Math.max(used - (tall() - high), used * CLOSEST);
      box.style.zoom = 1;
      box.style.width = `${wide}px`;
      fitDrawing(svg, wide, now);
      for (const node of box.querySelectorAll("*")) {
        if (node.closest("svg")) continue;
        const size = parseFloat(getComputedStyle(node).fontSize);
        if (size < LEAST && [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim())) {
          node.style.fontSize = `${LEAST}px`;
          node.style.lineHeight = "1.35";
        }
      }
    }
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
  const drawings = [...box.querySelectorAll("svg")];
  const words_ = box.cloneNode(true);
  words_.querySelectorAll("svg,.sr").forEach((node) => node.remove());
  const alone = drawings.length === 1 && !words_.textContent.trim();
  const say = (left) => { more.textContent = left > 0 ? words.more.replace("{n}", left) : ""; };
  if (alone) {
    drawings[0].closest(".obs-svg")?.classList.add("stg-whole");
    const cut = fitDrawing(drawings[0], body.clientWidth, body.clientHeight);
    if (cut > 0.02) more.textContent = words.cut;
    return;
  }
  let left = fitBlock(box, body.clientWidth, body.clientHeight, scale) + Number(section.dataset.beyond || 0);
  if (left > 0) {
    // The line that says so takes room of its own.
    say(left);
    left = fitBlock(box, body.clientWidth, body.clientHeight, scale) + left;
    say(left);
  }
}
