// The desk: one script for the whole page. It puts drawings in place, opens receipts, follows
// links without reloading, makes images of cards, copies links, and keeps theme and language on
// the document. It is installed once; every later call only refreshes `state`. Sorting of tables
// (sort.js), the search box (find.js) and the story (story.js) are parts of the same script.

const state = (window.__obsState ||= { send: null, data: {} });

const SVG_DROP = "script,foreignObject,iframe,object,embed,audio,video,animate,set,image";
const FONTS = {
  Inter: ["app/static/fonts/inter-latin.woff2", "100 900"],
  "Source Serif 4": ["app/static/fonts/source-serif-4-latin.woff2", "200 900"],
};

const LONGEST = 9000; // characters of an address

let asked = -Infinity; // when the reader last asked for something
let left = ""; // the view that the reader has left by a link, until another one has come

const view = () => `${state.data.page}?${state.data.permalink}`;

// Whether the view of the reader's last link is still to come.
const away = () => left === view() && performance.now() - asked < 20000;

function send(message) {
  if (message.k !== "figures") asked = performance.now();
  if (state.send) state.send("act", { ...message, n: performance.now() });
}

// Pieces of pages ----------------------------------------------------------------------------------

// A large piece comes as text. What is made of it here are the elements that our server makes, and
// nothing that runs.
const KEPT = new Set(("a abbr article aside b button caption code col colgroup dd details div dl dt em figcaption" +
  " figure footer h1 h2 h3 h4 header hr i img input label li main nav ol p pre q s section small" +
  " span strong sub summary sup table tbody td tfoot th thead time tr ul br wbr").split(" "));
const ADDRESS = /^(?:https?:|mailto:|\/(?![\/\\])|[?#])/i;
const RUNS = /^on|^(?:action|formaction|srcdoc|srcset|ping|is|background|poster)$/;

function guard(root) {
  for (const node of root.querySelectorAll("*")) {
    if (!KEPT.has(node.localName)) { node.remove(); continue; }
    for (const name of node.getAttributeNames()) {
      const address = name === "href" || name === "src";
      if (address ? !ADDRESS.test(node.getAttribute(name)) : RUNS.test(name) || name.includes(":")) node.removeAttribute(name);
    }
  }
}

function unfold(place) {
  const box = document.createElement("template"), text = place.textContent;
  box.innerHTML = text;
  const drawings = [], others = [];
  for (const one of box.content.querySelectorAll("[data-svg]")) {
    const svg = one.querySelector("svg");
    if (!svg) { others.push(one); continue; }
    drawings.push([one, svg]);
    one.replaceChildren();
  }
  guard(box.content);
  const odd = SUSPECT.test(text);
  for (const [one, svg] of drawings) hang(one, svg, odd);
  place.replaceWith(box.content);
  others.forEach(draw);
}

// Drawings -------------------------------------------------------------------------------------

// A drawing of ours has no scripts, as its text tells at a glance: names of elements and attributes
// are never written otherwise. Where it may have, it is looked at node by node.
const SUSPECT = /<(?:script|foreignObject|iframe|object|embed|audio|video|animate|set|image)|[\s"'/]on[^\s"'>/=]*\s*=/i;

function clean(svg, odd) {
  if (odd) disarm(svg);
  for (const node of [svg, ...svg.querySelectorAll("[*|href]")]) {
    for (const name of ["href", "xlink:href"]) {
      const to = node.getAttribute(name);
      if (to === null) continue;
      if (name === "href" && node.localName === "a" && /^\/(?![\/\\])/.test(to)) node.setAttribute("data-go", "");
      else if (!to.trim().startsWith("#")) node.removeAttribute(name);
    }
  }
  // An image has no parts to a screen reader; a drawing whose numbers can be opened is a group.
  if (svg.querySelector("[data-receipt],[tabindex]")) svg.setAttribute("role", "group");
  return svg;
}

function disarm(svg) {
  svg.querySelectorAll(SVG_DROP).forEach((node) => node.remove());
  for (const node of [svg, ...svg.querySelectorAll("*")]) {
    for (const name of node.getAttributeNames()) if (/^on/i.test(name)) node.removeAttribute(name);
  }
}

// Of a drawing for wide windows and one for narrow ones only one is seen: the other waits as text
// until it is, or until the page is printed. On a slide it is always the wide one that is seen.
const NARROW = { "on-wide": 640, "on-phone": 640, "-wide": 720, "-narrow": 720 };
let halves = null;

function waits(place) {
  const half = place.closest(".on-wide,.on-phone");
  const kind = half ? half.className : /-(?:wide|narrow)$/.exec(place.className)?.[0];
  if (!(kind in NARROW)) return false;
  const narrow = !(half && place.closest(".stg-slide")) && matchMedia(`(max-width: ${NARROW[kind]}px)`).matches;
  return kind.endsWith("wide") === narrow;
}

function wait(place) {
  halves ||= new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) drawNow(one.target);
  }, { rootMargin: "400px" });
  place.setAttribute("data-late", "");
  halves.observe(place);
}

function drawHalves() {
  document.querySelectorAll("[data-late]").forEach(drawNow);
}

function draw(place) {
  if (waits(place)) wait(place);
  else drawNow(place);
}

function drawNow(place) {
  if (place.hasAttribute("data-late")) {
    place.removeAttribute("data-late");
    halves.unobserve(place);
  }
  const box = document.createElement("template"), text = place.textContent;
  box.innerHTML = text;
  hang(place, box.content.querySelector("svg"), SUSPECT.test(text));
}

function hang(place, svg, odd) {
  place.replaceChildren(...(svg ? [clean(svg, odd)] : []));
  place.setAttribute("data-on", "");
}

const UNDRAWN = "[data-svg]:not([data-on],[data-late])";

function drawAll(root) {
  if (root.matches?.("[data-html]")) return unfold(root);
  root.querySelectorAll?.("[data-html]").forEach(unfold);
  if (root.matches?.(UNDRAWN)) draw(root);
  root.querySelectorAll?.(UNDRAWN).forEach(draw);
}

// Plotly: a click on a point opens the receipt that the point carries ----------------------------

// Names beside points are placed for a desk; where a narrow chart lays them over each other, the
// first, which are the ones that matter most, stay.
function thinNames(plot) {
  const kept = [];
  for (const name of plot.querySelectorAll(".annotation")) {
    if (name.textContent.trim().length < 3) continue;
    name.style.visibility = "";
    if (plot.clientWidth > 520) continue;
    const box = name.getBoundingClientRect();
    const over = kept.some((one) => box.left < one.right - 2 && one.left < box.right - 2 && box.top < one.bottom - 3 && one.top < box.bottom - 3);
    if (over) name.style.visibility = "hidden";
    else kept.push(box);
  }
}

function bindPlots(root) {
  root.querySelectorAll?.(".js-plotly-plot").forEach((plot) => {
    if (plot.dataset.obs || typeof plot.on !== "function") return;
    plot.dataset.obs = "1";
    plot.on("plotly_afterplot", () => thinNames(plot));
    thinNames(plot);
    plot.on("plotly_click", (event) => {
      const raw = event?.points?.[0]?.customdata;
      const id = Array.isArray(raw) ? raw[0] : raw;
      if (typeof id === "string" && id) send({ k: "receipt", id });
    });
  });
}

// Figures below the first screen are pictures until the reader comes near: only then is Plotly's
// script fetched, and when it is there the server is asked for the figures themselves.
let near = null;

// Asked for while the reader is on the way elsewhere, figures would call the reader back.
function askFigures() {
  if (!document.querySelector("[data-figure]")) return;
  if (performance.now() - asked < 3000 || away()) return setTimeout(askFigures, 500);
  send({ k: "figures" });
}

function fetchFigures() {
  near?.disconnect();
  near = null;
  const wanted = [...(state.data.figures || [])];
  let left = wanted.length;
  const done = () => { if (--left <= 0) askFigures(); };
  if (!left) return done();
  for (const name of wanted) {
    const link = Object.assign(document.createElement("link"), { rel: "modulepreload", crossOrigin: "", onload: done, onerror: done });
    link.href = new URL(`static/js/${name}`, document.baseURI);
    document.head.append(link);
  }
}

function watchFigures() {
  const stills = document.querySelectorAll("[data-figure]:not([data-near])");
  if (!stills.length) return;
  near ||= new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) fetchFigures(); },
    { root: document.querySelector(".stMain"), rootMargin: "300px" });
  for (const still of stills) {
    still.setAttribute("data-near", "");
    near.observe(still);
  }
}

// Theme and language on the document --------------------------------------------------------------

function followTheme() {
  const app = document.querySelector(".stApp");
  if (!app) return;
  const scheme = getComputedStyle(app).colorScheme.includes("dark") ? "dark" : "light";
  const root = document.documentElement;
  if (root.dataset.theme !== scheme) {
    root.dataset.theme = scheme;
    root.style.colorScheme = scheme;
  }
}

function themeChoice() {
  try {
    return JSON.parse(localStorage.getItem(themeKey(location.pathname)) || '"System"');
  } catch {
    return "System";
  }
}

const themeKey = (path) => `stActiveTheme-${path}-v2`;

function chooseTheme(name) {
  // Streamlit keeps the choice by path; set it for every page, then start the page anew.
  for (const path of [...(state.data.paths || []), location.pathname]) {
    if (name === "System") localStorage.removeItem(themeKey(path));
    else localStorage.setItem(themeKey(path), JSON.stringify(name));
  }
  location.reload();
}

// Announcing --------------------------------------------------------------------------------------

let liveTimer = 0;

function live() {
  let node = document.querySelector(".obs-live");
  if (!node) {
    node = document.createElement("div");
    node.className = "obs-live";
    node.setAttribute("role", "status");
    node.setAttribute("aria-live", "polite");
    document.body.append(node);
  }
  return node;
}

// Said to screen readers, and shown for a moment unless it is plain to see.
function announce(text, seen = false) {
  const node = live();
  node.textContent = text;
  if (seen) return node.removeAttribute("data-show");
  node.setAttribute("data-show", "");
  clearTimeout(liveTimer);
  liveTimer = setTimeout(() => node.removeAttribute("data-show"), 2600);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.cssText = "position:fixed;opacity:0";
    (document.querySelector('[role="dialog"]') || document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  announce(state.data.words?.copied || "Copied");
}

function permalink(extra) {
  const url = new URL(location.href);
  url.hash = "";
  url.search = state.data.permalink || "";
  for (const [key, value] of Object.entries(extra || {})) url.searchParams.set(key, value);
  return url.toString();
}

// Images of cards -----------------------------------------------------------------------------------

const NS = "http://www.w3.org/2000/svg";
const COPIED = ["fill", "stroke", "color", "font-family", "font-size", "font-weight", "font-style",
  "opacity", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray", "stop-color",
  "text-anchor", "paint-order", "dominant-baseline", "visibility", "display"];

function frozen(svg) {
  const copyOf = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copyOf, ...copyOf.querySelectorAll("*")];
  from.forEach((node, index) => {
    const style = getComputedStyle(node);
    const target = to[index];
    target.removeAttribute("class");
    target.removeAttribute("tabindex");
    if (target.localName === "a") ["href", "data-go", "target"].forEach((name) => target.removeAttribute(name));
    for (const { name, value } of [...target.attributes]) {
      // Outside this page there are no variables: the computed colour takes their place.
      if (value.includes("var(")) target.setAttribute(name, style.getPropertyValue(name));
    }
    target.setAttribute("style", COPIED.map((name) => {
      const value = style.getPropertyValue(name);
      return value ? `${name}:${value.replaceAll('"', "'")}` : "";
    }).filter(Boolean).join(";"));
  });
  return copyOf;
}

function lines(text, font, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const out = [];
  let line = "";
  for (const part of text.match(/[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]|\s+|[^\s\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+/g) || []) {
    if (line && pen.measureText(line + part).width > width) {
      out.push(line.trim());
      line = part.trimStart();
    } else line += part;
  }
  if (line.trim()) out.push(line.trim());
  return out;
}

async function fontRules() {
  const rules = [];
  for (const [family, [url, weight]] of Object.entries(FONTS)) {
    try {
      const bytes = new Uint8Array(await (await fetch(new URL(url, document.baseURI))).arrayBuffer());
      let binary = "";
      for (let i = 0; i < bytes.length; i += 8192) {
        binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
      }
      rules.push(`@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/woff2;base64,${btoa(binary)}) format('woff2')}`);
    } catch { /* the image then uses the reader's own fonts */ }
  }
  return rules.join("");
}

async function composed(root) {
  const css = getComputedStyle(document.documentElement);
  const tone = (name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    root.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  };
  const sans = css.getPropertyValue("--sans").replaceAll('"', "'");
  const serif = css.getPropertyValue("--serif").replaceAll('"', "'");
  const plots = [...root.querySelectorAll(".js-plotly-plot .main-svg")];
  const drawings = plots.length ? plots : [...root.querySelectorAll(".obs-svg > svg")].filter((one) => one.getClientRects().length);
  if (!drawings.length) return null;
  const boxes = drawings.map((node) => node.getBoundingClientRect());
  const top = Math.min(...boxes.map((b) => b.top));
  const left = Math.min(...boxes.map((b) => b.left));
  const wide = Math.max(...boxes.map((b) => b.right)) - left;
  const high = Math.max(...boxes.map((b) => b.bottom)) - top;
  const pad = 28;
  const inner = Math.max(wide, 460);
  const svg = document.createElementNS(NS, "svg");
  const style = document.createElementNS(NS, "style");
  style.textContent = await fontRules();
  svg.append(style);
  const back = document.createElementNS(NS, "rect");
  svg.append(back);
  let y = pad;
  const write = (text, size, line, weight, family, colour) => {
    for (const row of lines(text, `${weight} ${size}px ${family}`, inner)) {
      const node = document.createElementNS(NS, "text");
      node.setAttribute("x", pad);
      node.setAttribute("y", y + size);
      node.setAttribute("style", `font:${weight} ${size}px ${family};fill:${colour};font-feature-settings:'tnum'`);
      node.textContent = row;
      svg.append(node);
      y += line;
    }
  };
  const words = (selector) => root.querySelector(selector)?.innerText.replace(/\s+/g, " ").trim() || "";
  const ruleLine = document.createElementNS(NS, "rect");
  for (const [k, v] of Object.entries({ x: pad, y: y - 10, width: inner, height: 1, fill: tone("--ink") })) ruleLine.setAttribute(k, v);
  svg.append(ruleLine);
  write(words(".card h2, .card h3"), 20, 27, 600, serif, tone("--ink"));
  y += 3;
  write(words(".card .sub"), 13, 19, 400, sans, tone("--ink2"));
  y += 12;
  drawings.forEach((node, index) => {
    const part = frozen(node);
    part.setAttribute("x", pad + boxes[index].left - left);
    part.setAttribute("y", y + boxes[index].top - top);
    part.setAttribute("width", boxes[index].width);
    part.setAttribute("height", boxes[index].height);
    if (!part.getAttribute("viewBox")) part.setAttribute("viewBox", `0 0 ${boxes[index].width} ${boxes[index].height}`);
    svg.append(part);
  });
  y += high + 14;
  write(words(".foot"), 12, 18, 400, sans, tone("--ink3"));
  y += 4;
  write(`${state.data.words?.brand || ""} · ${state.data.stamp || ""}`, 12, 18, 600, sans, tone("--ink2"));
  const width = Math.ceil(inner + pad * 2);
  const height = Math.ceil(y + pad - 8);
  for (const [k, v] of Object.entries({ width, height, fill: tone("--bg") })) back.setAttribute(k, v);
  svg.setAttribute("xmlns", NS);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("lang", document.documentElement.lang);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 4000);
}

async function image(id, kind, name) {
  const root = document.querySelector(`.st-key-card-${CSS.escape(id)}`);
  const made = root && (await composed(root));
  if (!made) return announce(state.data.words?.noImage || "No image");
  const source = new Blob([made.text], { type: "image/svg+xml" });
  if (kind === "svg") return save(source, `${name}.svg`);
  const picture = new Image();
  const url = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.text)}`;
  await new Promise((done, fail) => { picture.onload = done; picture.onerror = fail; picture.src = url; });
  const canvas = document.createElement("canvas");
  canvas.width = made.width * 2;
  canvas.height = made.height * 2;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, `${name}.png`), "image/png");
}

// Clicks and keys -----------------------------------------------------------------------------------

function closeMenus(except) {
  document.querySelectorAll("details.obs-menu[open], .obs-nav details[open], details.obs-phone[open], .acts details[open]").forEach((menu) => {
    if (menu !== except && !menu.contains(except)) menu.removeAttribute("open");
  });
}

// A link inside the app keeps the shared choices that it does not name; one that it names empty goes
// back to its default. Streamlit runs a page for an address that the browser's own way back and forth
// leads to, which spares the run that a message of ours would take.
function follow(href) {
  const there = new URL(href, location.href);
  const query = new URLSearchParams(state.data.shared);
  there.searchParams.forEach((value, name) => query.set(name, value));
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  const address = `${there.pathname}${query.size ? `?${query}` : ""}`;
  if (address.length > LONGEST) return;
  if (there.origin !== location.origin || !state.data.paths?.includes(there.pathname)) return location.assign(there);
  asked = performance.now();
  left = view();
  history[address === location.pathname + location.search ? "replaceState" : "pushState"](null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  if (there.hash) scrollWhenThere(there.hash.slice(1), there.pathname);
}

// The part of a page that a link names is there only once the page has been drawn.
function scrollWhenThere(id, path, tries = 60) {
  const node = location.pathname === path && document.getElementById(id);
  if (node && tries < 57) node.scrollIntoView({ block: "start" });
  else if (tries > 0) setTimeout(() => scrollWhenThere(id, path, tries - 1), 100);
}

function act(target, event) {
  const go = target.closest("a[data-go]");
  if (go) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0) return false;
    closeMenus(null);
    // A link in a drawing has an object where other links have the text of their address.
    follow(go.getAttribute("href"));
    return true;
  }
  if (storyClick(target)) return true;
  const finder = target.closest("[data-find]");
  if (finder) { openFind(finder); return true; }
  const sorter = target.closest("th [data-sort]");
  if (sorter) { sortBy(sorter); return true; }
  const copier = target.closest("[data-copy]");
  if (copier) {
    copy(copier.closest("[data-copy-scope]")?.querySelector("pre")?.innerText || copier.dataset.copy);
    return true;
  }
  const forget = target.closest("[data-visit-forget]");
  if (forget) { forgetVisit(forget); return true; }
  const theme = target.closest("[data-theme-choice]");
  if (theme) { chooseTheme(theme.dataset.themeChoice); return true; }
  const picture = target.closest("[data-img]");
  if (picture) { image(picture.dataset.card, picture.dataset.img, picture.dataset.name); return true; }
  const action = target.closest("[data-act]");
  if (action) {
    const { act: what, card, row } = action.dataset;
    closeMenus(null);
    if (what === "story") addToStory(card);
    else if (what === "link") copy(permalink(row ? { receipt: row } : {}));
    else if (what === "reload") location.reload();
    else if (what === "print") window.print();
    else send({ k: what, card: card || "", id: row || "" });
    return true;
  }
  const receipt = target.closest("[data-receipt]");
  if (receipt && receipt.getAttribute("data-receipt")) {
    send({ k: "receipt", id: receipt.getAttribute("data-receipt") });
    return true;
  }
  return false;
}

// A card with an open menu is painted whole, for its menu reaches over its edge.
function onToggle(event) {
  const card = event.target.closest('[class^="st-key-card-"]');
  card?.toggleAttribute("data-open", Boolean(card.querySelector("details[open]")));
}

function onClick(event) {
  if (!(event.target instanceof Element)) return;
  const menu = event.target.closest("details");
  if (act(event.target, event)) {
    event.preventDefault();
    return;
  }
  closeMenus(menu);
}

function onKey(event) {
  if (!(event.target instanceof Element)) return;
  if (findKey(event) || storyKey(event)) return;
  if (event.key === "Escape") {
    const open = event.target.closest("details[open].obs-menu, .obs-nav details[open], details.obs-phone[open]");
    if (open) { open.removeAttribute("open"); open.querySelector("summary")?.focus(); }
    return;
  }
  if (event.key !== "Enter" && event.key !== " ") return;
  const target = event.target.closest("[data-receipt],[data-act]");
  // Buttons and links turn Enter and Space into a click themselves; drawings do not.
  if (!target || target.matches("button,a,summary,input") || event.target.matches("button,a,summary,input")) return;
  if (act(target, event)) event.preventDefault();
}

function markChoices() {
  const chosen = themeChoice();
  document.querySelectorAll("[data-theme-choice]").forEach((node) => {
    node.setAttribute("aria-pressed", String(node.dataset.themeChoice === chosen));
  });
}

function install() {
  state.drawAll = drawAll;
  state.follow = follow;
  state.away = away;
  state.syncStory = syncStory;
  addEventListener("storage", countStory);
  addEventListener("beforeprint", drawHalves);
  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("toggle", onToggle, true);
  drawAll(document.body);
  live();
  let early = document.getElementById("early");
  const watcher = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") { followTheme(); continue; }
      change.addedNodes.forEach((node) => { if (node.nodeType === 1) drawAll(node); });
    }
    if (early && document.querySelector(".stHtml,.stException,.stAlert")) early = early.remove();
    bindPlots(document);
    watchFigures();
    if (document.querySelector("[data-theme-choice]:not([aria-pressed])")) markChoices();
    if (document.querySelector("[data-story-count]")) countStory();
    nameKeys();
    fillVisit();
  });
  watcher.observe(document.body, { childList: true, subtree: true });
  const app = document.querySelector(".stApp");
  if (app) watcher.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(followTheme, 60));
  bindPlots(document);
  watchFigures();
  followTheme();
  markChoices();
  nameKeys();
  visits();
  fillVisit();
}

export default function desk({ data, setTriggerValue }) {
  state.send = setTriggerValue;
  state.data = data || {};
  // The same language said again would have the browser look up the style of every element.
  const lang = state.data.lang || "en";
  if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  if (!window.__obsDesk) {
    window.__obsDesk = true;
    install();
  }
}
