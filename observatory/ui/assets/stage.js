// The stage: a talk from slides that were sent at its start. Moving needs no server, and nothing
// that the server sends later changes a slide; newer data are offered by a quiet chip. The stage
// stands beside Streamlit's own tree, so that a lost connection cannot cover or empty it.

const S = (window.__obsStage ||= { at: 0, open: false, deck: null });
const CHECK = 30000;

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const glyph = (name) => el("span", { class: `i i-${name}`, "aria-hidden": "true" });

function parsed(html) {
  const box = document.createElement("template");
  box.innerHTML = html || "";
  for (const node of box.content.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      if (/^on/i.test(name) || /^\s*javascript:/i.test(value)) node.removeAttribute(name);
    }
  }
  box.content.querySelectorAll("script,iframe,object,embed,link,style,base,form").forEach((node) => node.remove());
  return box.content;
}

// Choices and pages of lists: of use on a page only.
const CONTROLS = ".btn,.act,[data-copy],[data-visit-forget],.pager,.iv-picks,.mo-facets,.di-facets,.ex-chips,nav:not(.k-strip,.k-topics),"
  + "div[role='group'],span[role='group']";

// On a slide nothing is pressed: numbers and links are text.
function still(root) {
  // What only leads elsewhere, and what is folded away on the page, is no part of a slide.
  root.querySelectorAll("details:not([open])").forEach((node) => node.remove());
  root.querySelectorAll(CONTROLS).forEach((node) => node.remove());
  for (const node of root.querySelectorAll(".stg-fit a[data-go]")) {
    const block = node.closest("p,div");
    if (block && !block.classList.contains("stg-fit") && !node.closest("td,th,li,svg,[role='cell'],[role='rowheader']")
        && block.textContent.trim() === node.textContent.trim()) block.remove();
  }
  for (const node of root.querySelectorAll("[data-receipt],[data-act],[tabindex],[role='button'],[data-go],a,button,summary")) {
    ["data-receipt", "data-act", "data-card", "tabindex", "data-go", "href"].forEach((name) => node.removeAttribute(name));
    if (node.getAttribute("role") === "button") node.removeAttribute("role");
    if (node.getAttribute("aria-label") && node.namespaceURI.endsWith("svg")) node.removeAttribute("aria-label");
  }
  for (const node of [...root.querySelectorAll("a:not(svg a),button")]) {
    const plain = el("span", { class: node.className });
    plain.append(...node.childNodes);
    node.replaceWith(plain);
  }
  root.querySelectorAll("summary,label,input,select").forEach((node) => node.remove());
  root.querySelectorAll("[id]").forEach((node) => { if (!node.closest("svg")) node.removeAttribute("id"); });
  root.querySelectorAll("[aria-live],[role='region']").forEach((node) => ["aria-live", "role"].forEach((name) => node.removeAttribute(name)));
  root.querySelectorAll("svg[role='group']").forEach((node) => node.setAttribute("role", "img"));
}

function section(slide, index, deck, main) {
  const fitted = el("div", { class: "stg-fit" });
  fitted.append(parsed(slide.body));
  const foot = el("div", { class: "stg-foot" });
  foot.append(parsed(slide.foot || "<p class='foot'></p>"));
  foot.append(el("p", { class: "stg-mark" }, el("span", { class: "obs-mark", "aria-hidden": "true" }),
    `${slide.mark} · ${index + 1} / ${deck.slides.length}`));
  const node = el("section", { class: "stg-slide", lang: slide.lang, "data-n": index, "data-beyond": slide.beyond || 0 },
    el(main ? "h1" : "p", { class: "stg-title" }, slide.title),
    slide.sub ? el("p", { class: "stg-sub" }, slide.sub) : null,
    el("div", { class: "stg-body" }, fitted),
    el("p", { class: "stg-more" }),
    foot);
  if (!main) node.querySelector(".stg-title").setAttribute("role", "presentation");
  window.__obsState?.drawAll?.(node);
  still(node);
  return node;
}

// Slides are laid out once, in an unseen place of the stage's own size, before any is shown.
function fitted(deck) {
  if (deck.nodes) return deck.nodes;
  const gauge = el("div", { class: "stg-gauge stHtml", "aria-hidden": "true" });
  document.body.append(gauge);
  deck.nodes = deck.slides.map((slide, index) => {
    const node = section(slide, index, deck, true);
    gauge.append(node);
    try {
      fit(node, deck.words, 1);
    } catch (fault) {
      console.error(fault);
    }
    return node;
  });
  deck.nodes.forEach((node) => node.remove());
  gauge.remove();
  return deck.nodes;
}

function mini(deck, index, wide) {
  const copyOf = fitted(deck)[index].cloneNode(true);
  copyOf.setAttribute("data-now", "");
  copyOf.setAttribute("aria-hidden", "true");
  copyOf.setAttribute("inert", "");
  copyOf.style.transform = `scale(${wide / 1280})`;
  const title = copyOf.querySelector("h1");
  const plain = el("p", { class: title.className, style: title.getAttribute("style") || "" }, title.textContent);
  plain.style.fontFamily = "var(--serif)";
  plain.style.fontWeight = "600";
  title.replaceWith(plain);
  const frame = el("div", { class: "stg-mini" }, copyOf);
  frame.style.width = `${wide}px`;
  frame.style.height = `${(wide * 9) / 16}px`;
  return frame;
}

function thumbs() {
  const deck = S.deck;
  if (!deck) return;
  if (!window.__obsState?.drawAll) return void drawable().then(() => window.__obsState?.drawAll && thumbs());
  for (const place of document.querySelectorAll("[data-thumb]")) {
    const index = Number(place.dataset.thumb);
    if (place.dataset.of === `${deck.id}:${index}` || !deck.slides[index]) continue;
    place.dataset.of = `${deck.id}:${index}`;
    place.replaceChildren(mini(deck, index, place.clientWidth || 224));
  }
}

// The script of the page, which unpacks drawings, may arrive after this one: without it slides
// would be laid out before their drawings are there.
function drawable() {
  return new Promise((done) => {
    const look = (left) => (window.__obsState?.drawAll || !left ? done() : setTimeout(look, 50, left - 1));
    look(100);
  });
}

// Opening and leaving -----------------------------------------------------------------------------

function open(deck, at = 0) {
  S.deck = deck;
  S.open = true;
  S.pending = null;
  S.before = document.activeElement;
  const words = deck.words;
  const button = (what, label, shape) => el("button", { type: "button", "data-do": what, title: label },
    shape ? glyph(shape) : label, shape ? el("span", { class: "sr" }, label) : null);
  S.root = el("div", { class: "stg stHtml", role: "dialog", "aria-modal": "true", "aria-label": words.label, tabindex: "-1" },
    el("div", { class: "stg-view" }, el("div", { class: "stg-wait" }, words.wait)),
    el("div", { class: "stg-over", role: "group", "aria-label": words.overview }),
    el("div", { class: "stg-black" }),
    el("button", { class: "stg-chip", type: "button", "data-do": "newer" }, glyph("schedule"), words.newer),
    el("div", { class: "stg-bar", role: "toolbar", "aria-label": words.keys },
      button("prev", words.prev, "arrow-back"), button("next", words.next, "arrow-forward"),
      button("over", words.overview, "table-rows"), button("notes", words.notes, "article"),
      button("black", words.black, "contrast"), button("full", words.full, "fullscreen"), button("leave", words.leave, "close")),
    el("p", { class: "sr", "aria-live": "polite", "data-said": "" }));
  document.getElementById("root")?.setAttribute("inert", "");
  document.body.append(S.root);
  document.documentElement.setAttribute("data-stage", "");
  // A dialog of Streamlit's makes everything else on the page unreachable: not the talk.
  S.guard = new MutationObserver(reachable);
  S.guard.observe(S.root, { attributes: true, attributeFilter: ["inert", "aria-hidden"] });
  S.root.focus();
  S.root.addEventListener("click", onClick);
  S.root.addEventListener("mousemove", onMouse);
  S.began = Date.now();
  resize();
  const ready = document.fonts ? Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 900))]) : Promise.resolve();
  Promise.all([ready, drawable()]).then(() => {
    if (!S.open) return;
    const view = S.root.querySelector(".stg-view");
    view.replaceChildren(...fitted(deck));
    S.root.dataset.ready = "";
    show(at);
  });
  S.check = setInterval(check, CHECK);
}

function reachable() {
  if (S.root.hasAttribute("inert")) S.root.removeAttribute("inert");
  if (S.root.hasAttribute("aria-hidden")) S.root.removeAttribute("aria-hidden");
  if (!S.root.contains(document.activeElement)) S.root.focus();
}

const presenting = () => Boolean(new URLSearchParams(location.search).get("present"));

function close() {
  S.open = false;
  S.guard.disconnect();
  document.documentElement.removeAttribute("data-stage");
  clearInterval(S.check);
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  if (S.notes && !S.notes.closed) S.notes.close();
  S.root.remove();
  document.getElementById("root")?.removeAttribute("inert");
  S.before?.focus?.();
}

function leave() {
  if (!S.open) return;
  close();
  const exit = S.deck.exit;
  if (!exit || !presenting()) return;
  // Until the link has left the stage, whatever the server still draws of it must not open it again.
  S.left = true;
  window.__obsState?.follow(exit);
  setTimeout(() => insist(exit), 6000);
}

// A page that did not answer is opened by its address, if there is a server to ask.
async function insist(exit) {
  if (S.open || !S.left) return;
  try {
    await fetch(new URL("healthz", document.baseURI), { cache: "no-store" });
    location.assign(new URL(exit.replace(/^\/+/, ""), document.baseURI));
  } catch { /* the talk is over and its page is gone with the server */ }
}

// The browser's own way back and forth; a link of ours only looks like it.
function back(event) {
  if (S.open && S.deck.exit && !presenting()) close();
  if (event.isTrusted) S.left = false;
}

function resize() {
  if (!S.open) return;
  const scale = Math.min(innerWidth / 1280, innerHeight / 720);
  S.root.querySelector(".stg-view").style.transform = `scale(${scale}) translate(-50%,-50%)`;
}

function show(at) {
  const nodes = S.deck.nodes;
  S.at = Math.max(0, Math.min(at, nodes.length - 1));
  nodes.forEach((node, index) => node.toggleAttribute("data-now", index === S.at));
  const slide = S.deck.slides[S.at];
  S.root.querySelector("[data-said]").textContent = S.deck.words.place
    .replace("{n}", S.at + 1).replace("{all}", nodes.length).replace("{title}", slide?.title || "");
  S.root.dataset.at = S.at;
  notes();
}

function overview() {
  const over = S.root.querySelector(".stg-over");
  if (S.root.hasAttribute("data-over")) return closeOverview(S.at);
  const grid = el("div", { class: "stg-grid" });
  S.deck.slides.forEach((slide, index) => {
    const label = `${index + 1}. ${slide.title}`;
    grid.append(el("button", { type: "button", "data-slide": index, "aria-label": label, "aria-current": index === S.at ? "true" : false },
      mini(S.deck, index, 320), el("span", { class: "stg-no", "aria-hidden": "true" }, index + 1)));
  });
  over.replaceChildren(grid);
  S.root.setAttribute("data-over", "");
  grid.children[S.at]?.focus();
}

function closeOverview(at) {
  S.root.removeAttribute("data-over");
  S.root.querySelector(".stg-over").replaceChildren();
  S.root.focus();
  show(at);
}

// Newer data ---------------------------------------------------------------------------------------

async function check() {
  try {
    const answer = await fetch(new URL("healthz", document.baseURI), { cache: "no-store" });
    const found = await answer.json();
    if (found.build_id && found.build_id !== S.deck.newest) S.root?.setAttribute("data-newer", "");
  } catch { /* without a server the talk goes on */ }
}

function newer() {
  if (S.deck.fresh) location.assign(S.deck.fresh);
  else location.reload();
}

// Speaker's notes: a second window that the stage writes, so that it needs no server either ----------

const NOTES_CSS = `
:root{color-scheme:light dark}body{margin:0;padding:20px 26px;font:16px/1.5 Inter,'Noto Sans CJK SC','Noto Sans CJK JP','Noto Sans CJK KR',system-ui,sans-serif}
header{display:flex;justify-content:space-between;gap:20px;align-items:baseline;border-bottom:1px solid #8886;padding-bottom:10px}
.clock{font:600 30px/1.2 system-ui;font-variant-numeric:tabular-nums}h1{font-size:24px;line-height:1.3;margin:16px 0 6px}
.note{font-size:21px;line-height:1.5;white-space:pre-line;border-left:4px solid #8886;padding-left:14px;margin:14px 0}
table{border-collapse:collapse;width:100%;font-size:14px}td,th{text-align:left;vertical-align:top;padding:5px 12px 5px 0;border-bottom:1px solid #8883}
th{font-weight:500;color:GrayText}td.v{font-weight:600;white-space:nowrap}.next{margin-top:18px;padding-top:10px;border-top:1px solid #8886}
.small{font-size:14px;color:GrayText}button{font:inherit;min-height:40px;padding:4px 16px;margin-right:8px}`;

function openNotes() {
  if (S.notes && !S.notes.closed) { S.notes.focus(); return; }
  const made = window.open("", "obs-notes", "width=980,height=760");
  if (!made) {
    S.root.querySelector("[data-said]").textContent = S.deck.words.blocked;
    window.alert(S.deck.words.blocked);
    return;
  }
  S.notes = made;
  made.document.title = S.deck.words.notes;
  made.document.documentElement.lang = document.documentElement.lang;
  const style = made.document.createElement("style");
  style.textContent = NOTES_CSS;
  made.document.head.replaceChildren(style);
  made.document.title = S.deck.words.notes;
  made.addEventListener("keydown", onKey, true);
  notes();
  clearInterval(S.tick);
  S.tick = setInterval(clock, 1000);
}

function clock() {
  const place = S.notes && !S.notes.closed && S.notes.document.querySelector(".clock");
  if (!place) return;
  const gone = Math.floor((Date.now() - S.began) / 1000);
  const two = (value) => String(value).padStart(2, "0");
  place.textContent = `${two(Math.floor(gone / 60))}:${two(gone % 60)} · ${new Date().toTimeString().slice(0, 5)}`;
}

function notes() {
  if (!S.notes || S.notes.closed) return;
  const slide = S.deck.slides[S.at];
  const after = S.deck.slides[S.at + 1];
  const words = S.deck.words;
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...words.heads.map((head) => el("th", { scope: "col" }, head)))));
  const rows = el("tbody");
  for (const row of slide.receipts || []) {
    rows.append(el("tr", {}, ...row.map((cell, index) => el("td", index === 2 ? { class: "v" } : {}, cell))));
  }
  table.append(rows);
  const step = (way, label) => {
    const button = el("button", { type: "button" }, label);
    button.addEventListener("click", () => show(S.at + way));
    return button;
  };
  const body = el("main", {},
    el("header", {}, el("span", {}, `${S.at + 1} / ${S.deck.slides.length}`), el("span", { class: "clock" }, "00:00")),
    el("h1", { lang: slide.lang }, slide.title),
    slide.title !== slide.computed && slide.computed ? el("p", { class: "small" }, `${words.computed} ${slide.computed}`) : null,
    el("p", { class: "note" }, slide.note || words.nonote),
    el("p", { class: "small" }, slide.said || ""),
    (slide.receipts || []).length ? table : null,
    slide.rest ? el("p", { class: "small" }, slide.rest) : null,
    el("p", { class: "next" }, after ? `${words.after} ${after.title}` : words.last),
    el("p", {}, step(-1, words.prev), step(1, words.next)));
  S.notes.document.body.replaceChildren(S.notes.document.adoptNode(body));
  clock();
}

// Keys, clicks -------------------------------------------------------------------------------------

function does(what) {
  if (what === "next") show(S.at + 1);
  else if (what === "prev") show(S.at - 1);
  else if (what === "over") overview();
  else if (what === "notes") openNotes();
  else if (what === "black") S.root.toggleAttribute("data-black");
  else if (what === "full") {
    if (document.fullscreenElement) document.exitFullscreen();
    else S.root.requestFullscreen?.().catch(() => {});
  } else if (what === "newer") newer();
  else if (what === "leave") leave();
}

const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "prev", ArrowUp: "prev", PageUp: "prev", Backspace: "prev",
  b: "black", ".": "black", o: "over", n: "notes", s: "notes", f: "full", p: "leave", Escape: "leave",
};

function onKey(event) {
  if (!S.open) {
    if (!presenting()) S.left = false;
    return;
  }
  const typed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.target?.closest?.("button");
  if (typed === "Tab") {
    event.stopImmediatePropagation();
    S.root.setAttribute("data-moving", "");
    return;
  }
  if ((typed === "Enter" || typed === " ") && onButton) { event.stopImmediatePropagation(); return; }
  const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  if (S.root.hasAttribute("data-black")) {
    stop();
    return void S.root.removeAttribute("data-black");
  }
  if (S.root.hasAttribute("data-over")) {
    const all = [...S.root.querySelectorAll(".stg-grid button")];
    const here = Math.max(0, all.indexOf(document.activeElement));
    const across = Math.max(1, all.filter((one) => one.offsetTop === all[0].offsetTop).length);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, PageDown: 1, PageUp: -1, Home: -all.length, End: all.length }[typed];
    if (step) { stop(); all[Math.max(0, Math.min(all.length - 1, here + step))]?.focus(); return; }
    if (typed === "Escape" || typed === "o") { stop(); closeOverview(S.at); return; }
    stop();
    return;
  }
  if (typed === "Home") { stop(); show(0); return; }
  if (typed === "End") { stop(); show(S.deck.slides.length - 1); return; }
  if (typed === " " && event.shiftKey) { stop(); show(S.at - 1); return; }
  const what = KEYS[typed];
  if (!what) return;
  stop();
  if (S.root.dataset.ready === undefined && what !== "leave") return;
  does(what);
}

function onClick(event) {
  event.stopPropagation();
  const slide = event.target.closest("[data-slide]");
  if (slide) { closeOverview(Number(slide.dataset.slide)); return; }
  const button = event.target.closest("[data-do]");
  if (button) { does(button.dataset.do); return; }
  if (S.root.hasAttribute("data-over") || S.root.dataset.ready === undefined) return;
  if (S.root.hasAttribute("data-black")) { S.root.removeAttribute("data-black"); return; }
  if (getSelection()?.toString()) return;
  show(S.at + (event.clientX < innerWidth / 4 ? -1 : 1));
}

function onMouse() {
  S.root.setAttribute("data-moving", "");
  S.root.removeAttribute("data-idle");
  clearTimeout(S.rest);
  S.rest = setTimeout(() => { S.root.removeAttribute("data-moving"); S.root.setAttribute("data-idle", ""); }, 2500);
}

// A click anywhere on the page that starts the talk from the slides that are here already.
function onPage(event) {
  if (!S.open && !presenting()) S.left = false;
  const start = event.target instanceof Element && event.target.closest("[data-stage]");
  if (!start || !S.deck || S.open) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  S.left = false;
  open(S.deck, Number(start.dataset.stage || 0));
}

// What the server tells comes as bytes of one text.
const told = (sent) => sent && JSON.parse(new TextDecoder().decode(sent));

export default function stage({ data: sent }) {
  if (!window.__obsStageOn) {
    window.__obsStageOn = true;
    window.addEventListener("keydown", onKey, true);
    document.addEventListener("click", onPage, true);
    addEventListener("resize", resize);
    addEventListener("popstate", back);
    new MutationObserver(() => { if (!S.open && document.querySelector("[data-thumb]:not([data-of])")) thumbs(); })
      .observe(document.body, { childList: true, subtree: true });
  }
  const data = told(sent);
  if (!data) return undefined;
  if (S.open) {
    // A talk keeps its slides, whatever the server has drawn since.
    if (data.id !== S.deck.id && data.open) S.root.setAttribute("data-newer", "");
    return undefined;
  }
  S.deck = data;
  if (!data.open) S.left = false;
  if (data.builder) window.__obsState?.syncStory?.(data.story);
  // Streamlit may mount a part of the old page once more after the address has left it.
  if (data.open && !S.left && presenting()) open(data, Math.max(0, data.slides.findIndex((slide) => slide.card === S.start)));
  else thumbs();
  S.start = "";
  return () => { if (!presenting()) S.left = false; };
}
