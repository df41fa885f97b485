// The static edition: a search over the names of its pages, and the receipt of a number on a click.
// Everything that comes from data is put in as text.
"use strict";
(() => {
  const body = document.body;
  const words = window.observatoryWords || {};
  const loaded = {};

  function load(src, done) {
    if (loaded[src]) { loaded[src].push(done); if (loaded[src].ready) done(); return; }
    loaded[src] = [done];
    const node = document.createElement("script");
    node.src = src;
    node.onload = () => { loaded[src].ready = true; loaded[src].forEach((call) => call()); };
    node.onerror = () => { say(words.missing || ""); };
    document.head.append(node);
  }

  function el(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  const status = el("p", "sr");
  status.setAttribute("role", "status");
  body.append(status);
  const say = (text) => { status.textContent = text; };

  // Receipts ---------------------------------------------------------------------------------------
  let receipts = {};
  window.observatoryReceipts = (found) => { receipts = found; };
  const box = el("dialog", "st-receipt");
  body.append(box);

  function show(id) {
    const row = receipts[id];
    box.replaceChildren();
    const close = el("button", "st-close", words.close);
    close.type = "button";
    close.addEventListener("click", () => box.close());
    box.append(close, el("h2", "", words.receipt));
    if (!row) {
      box.append(el("p", "", words.missing));
    } else {
      const list = el("dl");
      (words.fields || []).forEach((label, at) => {
        if (!row[at] || at === 8) return;
        list.append(el("dt", "", label));
        const value = el("dd");
        if (at === 6 && /^https?:/.test(row[8])) {
          const link = el("a", "", row[at]);
          link.href = row[8];
          link.rel = "noopener noreferrer";
          value.append(link);
        } else value.textContent = row[at];
        list.append(value);
      });
      box.append(list, el("p", "muted", id));
    }
    if (!box.open) box.showModal();
  }

  function open(target) {
    const number = target.closest("[data-receipt]");
    if (!number) return false;
    const id = number.dataset.receipt;
    load(body.dataset.receipts, () => show(id));
    return true;
  }
  document.addEventListener("click", (event) => { if (event.target === box) box.close(); else open(event.target); });
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && open(event.target)) event.preventDefault();
  });

  // Search -----------------------------------------------------------------------------------------
  let pages = [];
  window.observatorySearch = (found) => { pages = found; };
  const input = document.querySelector(".st-find");
  const list = el("ul", "st-found");
  list.hidden = true;
  input.after(list);
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function find() {
    const asked = plain(input.value.trim()).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    list.hidden = !asked.length;
    if (!asked.length) return;
    const hits = [];
    for (const [name, other, file] of pages) {
      const text = plain(`${name} ${other}`);
      if (asked.every((word) => text.includes(word))) hits.push([plain(name).startsWith(asked[0]) ? 0 : 1, name, file]);
    }
    hits.sort((a, b) => a[0] - b[0] || a[1].length - b[1].length);
    for (const [, name, file] of hits.slice(0, 12)) {
      const link = el("a", "", name);
      link.href = `${body.dataset.root}/${file}`;
      const item = el("li");
      item.append(link);
      list.append(item);
    }
    if (!hits.length) list.append(el("li", "muted", words.nothing));
    say(`${hits.length}`);
  }
  input.addEventListener("focus", () => load(body.dataset.search, find));
  input.addEventListener("input", () => load(body.dataset.search, find));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.value = ""; find(); }
    if (event.key === "Enter") { const first = list.querySelector("a"); if (first) first.click(); }
  });
})();
