// Find anything: a box over the page, a list of names from the server. Opened by the button in the
// header, Ctrl or Cmd and K, or a slash; arrows and Enter choose, Escape closes. All that comes from
// the server is put in as text.

const find = { box: null, from: null, wait: 0, asked: "", shown: null, active: -1, go: false, stop: null, kept: new Map() };
const MAC = /Mac|iPhone|iPad/.test(navigator.platform || "");

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (value) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

const findWords = () => state.data.words?.find || {};
const icon = (name) => el("span", { class: `i i-${name}`, "aria-hidden": "true" });
const options = () => [...(find.box?.querySelectorAll('[role="option"]') || [])];

function openFind(from) {
  if (find.box || document.querySelector('[role="dialog"]')) return;
  closeMenus(null);
  const words = findWords();
  find.from = from || (document.activeElement !== document.body ? document.activeElement : null);
  const input = el("input", {
    type: "text", role: "combobox", id: "obs-find-input", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": "obs-find-list", "aria-label": words.label, placeholder: words.placeholder, maxlength: "100",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const close = el("button", { type: "button", class: "obs-find-x", "aria-label": words.close }, icon("close"));
  const keys = el("p", { class: "obs-find-keys", "aria-hidden": "true" });
  for (const [key, said] of words.keys || []) keys.append(el("span", {}, el("kbd", {}, key), ` ${said}`));
  find.box = el("div", { class: "obs-find" },
    el("div", { class: "obs-find-back" }),
    el("div", { class: "obs-find-in", role: "dialog", "aria-modal": "true", "aria-label": words.label },
      el("div", { class: "obs-find-line" }, icon("search"), input, close),
      el("p", { class: "obs-find-note" }),
      el("div", { class: "obs-find-list", id: "obs-find-list", role: "listbox", "aria-label": words.results }),
      el("p", { class: "sr", role: "status", "aria-live": "polite" }),
      keys));
  document.body.append(find.box);
  find.box.querySelector(".obs-find-back").addEventListener("mousedown", () => closeFind(true));
  close.addEventListener("click", () => closeFind(true));
  input.addEventListener("input", () => ask(input.value, 90));
  find.box.addEventListener("keydown", onFindKey);
  find.box.addEventListener("mousemove", (event) => {
    const at = options().indexOf(event.target.closest?.('[role="option"]'));
    if (at >= 0 && at !== find.active) mark(at, false);
  });
  // A plain click has been followed by the page's own handler; with a key held it opens a tab.
  find.box.addEventListener("click", (event) => {
    if (event.target.closest('[role="option"]') && event.defaultPrevented) closeFind(false);
  });
  find.asked = null;
  input.focus();
  ask("", 0);
}

function closeFind(back) {
  if (!find.box) return;
  clearTimeout(find.wait);
  find.stop?.abort();
  find.box.remove();
  find.box = null;
  find.go = false;
  const home = find.from?.isConnected ? find.from : document.querySelector("[data-find]");
  if (back) home?.focus();
  find.from = null;
}

function ask(text, delay) {
  const query = text.trim().slice(0, 100);
  if (query === find.asked) return;
  find.asked = query;
  find.go = false;
  clearTimeout(find.wait);
  find.stop?.abort();
  const known = find.kept.get(address(query));
  if (known) return show(known);
  find.box.querySelector(".obs-find-list").setAttribute("aria-busy", "true");
  find.wait = setTimeout(() => fetchNames(query), delay);
}

function address(query) {
  const url = new URL("search", document.baseURI);
  const view = new URLSearchParams(state.data.permalink || "");
  url.searchParams.set("q", query);
  for (const name of ["lang", "as_of", "build"]) if (view.get(name)) url.searchParams.set(name, view.get(name));
  return url.toString();
}

async function fetchNames(query, again = 2) {
  const place = address(query);
  find.stop = new AbortController();
  try {
    const reply = await fetch(place, { signal: find.stop.signal, headers: { Accept: "application/json" } });
    if (reply.status === 503 && again) {
      find.wait = setTimeout(() => fetchNames(query, again - 1), 700);
      return;
    }
    // Without the observatory's own server the address gives the app's page, or nothing.
    if (!reply.ok || !(reply.headers.get("content-type") || "").includes("json")) throw new Error("no search here");
    const found = await reply.json();
    if (find.kept.size > 60) find.kept.clear();
    find.kept.set(place, found);
    if (query === find.asked) show(found);
  } catch (fault) {
    if (fault.name === "AbortError" || query !== find.asked) return;
    show({ q: query, note: findWords().off || "", said: "", groups: [] });
  }
}

function marked(text, query) {
  const node = el("span", { class: "n" });
  const at = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at < 0) node.append(text);
  else node.append(text.slice(0, at), el("mark", {}, text.slice(at, at + query.length)), text.slice(at + query.length));
  return node;
}

function option(item, query) {
  const main = el("span", { class: "m" }, marked(item.label, query));
  if (item.lang) main.firstChild.setAttribute("lang", item.lang);
  if (item.native) main.append(" ", el("span", { class: "v", lang: item.native_lang }, item.native));
  const under = [item.detail, item.why].filter(Boolean);
  if (under.length) {
    const line = el("span", { class: "d" }, item.detail || "");
    if (item.why) line.append(item.detail ? " · " : "", el("span", { class: "w" }, item.why));
    main.append(line);
  }
  const node = el("a", { role: "option", id: `obs-f-${item.id.replace(/[^\w-]/g, "_")}`, href: withView(item.href), "data-go": "1", tabindex: "-1", "aria-selected": "false" }, main);
  if (item.economy) {
    const place = el("span", { class: "e" });
    if (/^[A-Z]{3}$/.test(item.economy_id)) {
      const mark = el("span", { class: "sw", "aria-hidden": "true" });
      mark.style.background = `var(--eco-${item.economy_id},var(--ctx2))`;
      place.append(mark);
    }
    place.append(item.economy);
    node.append(place);
  }
  return node;
}

// A result opened in a new tab keeps language, day of knowledge and economies.
function withView(href) {
  if (!/^\/(?![\/\\])/.test(href)) return "#";
  const url = new URL(href, location.origin);
  const view = new URLSearchParams(state.data.permalink || "");
  for (const name of ["lang", "as_of"]) if (view.get(name) && !url.searchParams.has(name)) url.searchParams.set(name, view.get(name));
  return url.pathname + url.search;
}

function show(found) {
  find.shown = found;
  const note = find.box.querySelector(".obs-find-note");
  note.textContent = found.note || "";
  const list = find.box.querySelector(".obs-find-list");
  list.removeAttribute("aria-busy");
  list.replaceChildren(...(found.groups || []).map((group, index) => {
    const cap = `obs-find-cap-${index}`;
    const made = el("div", { role: "group", "aria-labelledby": cap }, el("div", { class: "cap", id: cap, role: "presentation" }, group.label));
    for (const item of group.items) made.append(option(item, found.q));
    if (group.more) {
      made.append(option({ id: `more-${group.kind}`, label: group.more, href: group.more_href }, ""));
      made.lastChild.classList.add("more");
    }
    return made;
  }));
  list.scrollTop = 0;
  find.box.querySelector('[role="status"]').textContent = found.said || found.note || "";
  mark(options().length ? 0 : -1, false);
  if (find.go) choose();
}

function mark(at, scroll = true) {
  const every = options();
  const input = find.box.querySelector("input");
  every[find.active]?.setAttribute("aria-selected", "false");
  every.forEach((node, index) => { if (index !== at) node.setAttribute("aria-selected", "false"); });
  find.active = at;
  input.setAttribute("aria-expanded", String(every.length > 0));
  if (at < 0) return input.removeAttribute("aria-activedescendant");
  every[at].setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", every[at].id);
  if (scroll) every[at].scrollIntoView({ block: "nearest" });
}

function choose() {
  const chosen = options()[find.active];
  if (!chosen) return;
  closeFind(true);
  follow(chosen.getAttribute("href"));
}

function onFindKey(event) {
  if (event.isComposing || event.keyCode === 229) return;
  const every = options();
  const count = every.length;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeFind(true);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (count) mark((find.active + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
  } else if (event.key === "Enter" && event.target.localName === "input") {
    event.preventDefault();
    // Enter before the names are there waits for them.
    if (find.box.querySelector('[aria-busy="true"]')) find.go = true;
    else choose();
  } else if (event.key === "Tab") {
    const input = find.box.querySelector("input");
    event.preventDefault();
    (event.target === input ? find.box.querySelector(".obs-find-x") : input).focus();
  }
}

// Answers true if the key opened the box.
function findKey(event) {
  if (event.isComposing || event.defaultPrevented) return false;
  const combined = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
  const typing = event.target.closest?.('input,textarea,select,[contenteditable=""],[contenteditable="true"],[role="textbox"]');
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
  if (!combined && !slash) return false;
  if (find.box) closeFind(true);
  else openFind(null);
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function nameKeys() {
  if (MAC) document.querySelectorAll("[data-find] .kbd:not([data-mac])").forEach((node) => { node.textContent = "⌘ K"; node.setAttribute("data-mac", ""); });
}
