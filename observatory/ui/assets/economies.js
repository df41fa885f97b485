// The player of the tile map: a slider over periods, one step back and on, and play. The drawings
// of all periods come once, when first asked for; then they change here, without the server.

const PERIOD_MS = 1100;
const GLYPHS = {
  play: "M320-200v-560l440 280-440 280Z",
  pause: "M560-200v-560h160v560H560Zm-320 0v-560h160v560H240Z",
  before: "M560-240 320-480l240-240 56 56-184 184 184 184-56 56Z",
  after: "M504-480 320-664l56-56 240 240-240 240-56-56 184-184Z",
};

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => matchMedia("(max-width: 640px)").matches;

function glyph(name) {
  return `<svg viewBox="0 -960 960 960" width="18" height="18" fill="currentColor" aria-hidden="true"><path d="${GLYPHS[name]}"/></svg>`;
}

function button(kind, label) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = `p-${kind}`;
  node.innerHTML = glyph(kind);
  node.setAttribute("aria-label", label);
  node.title = label;
  return node;
}

class Player {
  constructor(root) {
    this.root = root;
    this.frames = new Map();
    this.timer = 0;
    this.waiting = false;
  }

  build() {
    const { words, steps } = this.data;
    const bar = document.createElement("div");
    bar.className = "o-player";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.period);
    this.toggle = button("play", words.play);
    this.before = button("before", words.before);
    this.after = button("after", words.after);
    this.slider = document.createElement("input");
    this.slider.type = "range";
    this.slider.min = "0";
    this.slider.max = String(steps.length - 1);
    this.slider.step = "1";
    this.slider.setAttribute("aria-label", words.period);
    this.label = document.createElement("output");
    const longest = steps.reduce((most, one) => Math.max(most, [...one.label].length), 0);
    this.label.style.minWidth = `${longest}ch`;
    const wide = document.createElement("span");
    wide.className = "o-slide";
    wide.append(this.slider);
    bar.append(...(still() ? [] : [this.toggle]), this.before, wide, this.after, this.label);
    if (still()) bar.title = words.still;
    this.toggle.addEventListener("click", () => (this.timer || this.waiting ? this.pause() : this.play()));
    this.before.addEventListener("click", () => this.go(this.at - 1));
    this.after.addEventListener("click", () => this.go(this.at + 1));
    this.slider.addEventListener("input", () => { this.stop(); this.show(Number(this.slider.value)); });
    this.slider.addEventListener("change", () => this.go(Number(this.slider.value)));
    bar.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.timer) this.pause(); });
    this.root.replaceChildren(bar);
    this.bar = bar;
  }

  update(data, send) {
    this.send = send;
    const fresh = !this.data || this.data.key !== data.key;
    const moved = fresh || data.now !== this.data.now;
    if (fresh) { this.stop(); this.frames.clear(); }
    this.data = data;
    if (fresh || !this.bar?.isConnected) this.build();
    if (data.frames) this.frames.set(data.size, data.frames);
    if (moved && !this.timer) this.show(data.now, true);
    if (this.waiting && this.drawings()) { this.waiting = false; this.start(); }
  }

  drawings() {
    return this.frames.get(narrow() ? "narrow" : "wide");
  }

  // Show a period: its name, and its drawing where we have it.
  show(index, own = false) {
    const last = this.data.steps.length - 1;
    this.at = Math.min(Math.max(index, 0), last);
    const step = this.data.steps[this.at];
    this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", step.label);
    this.slider.style.setProperty("--done", last ? `${(this.at / last) * 100}%` : "0%");
    this.label.textContent = step.label;
    this.before.disabled = this.at === 0;
    this.after.disabled = this.at === last;
    const frame = own ? null : this.drawings()?.find((one) => one.period === step.id);
    if (frame) this.draw(frame);
  }

  draw(frame) {
    const card = document.querySelector(`.st-key-card-${this.data.card}`);
    const place = card?.querySelector(narrow() ? ".on-phone" : ".on-wide");
    if (!place) return;
    const drawing = document.createElement("span");
    drawing.className = "obs-svg";
    drawing.setAttribute("data-svg", "");
    drawing.textContent = frame.svg;
    place.replaceChildren(drawing);
    const title = card.querySelector("h3");
    if (title) title.textContent = frame.title;
    const sub = card.querySelector(".sub");
    if (sub) sub.textContent = frame.sub;
  }

  // Let the server show a period: the link, the list and the rest of the page follow.
  go(index) {
    this.stop();
    this.show(index);
    if (this.at !== this.data.now) this.send("period", this.data.steps[this.at].id);
  }

  play() {
    if (this.drawings()) { this.start(); return; }
    this.waiting = true;
    this.paint();
    this.send("frames", narrow() ? "narrow" : "wide");
  }

  start() {
    const ids = new Set(this.drawings().map((one) => one.period));
    const end = this.data.steps.findLastIndex((one) => ids.has(one.id));
    if (this.at >= end) this.show(0);
    this.timer = setInterval(() => {
      if (!this.root.isConnected) { this.stop(); return; }
      if (this.at >= end) { this.pause(); return; }
      this.show(this.at + 1);
      if (this.at >= end) this.pause();
    }, PERIOD_MS);
    this.paint();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.waiting = false;
    if (this.bar) this.paint();
  }

  pause() {
    this.go(this.at);
  }

  paint() {
    const on = Boolean(this.timer || this.waiting);
    const { words } = this.data;
    this.toggle.innerHTML = glyph(on ? "pause" : "play");
    this.toggle.setAttribute("aria-label", on ? words.pause : words.play);
    this.toggle.title = on ? words.pause : words.play;
    this.toggle.toggleAttribute("data-on", on);
    this.label.setAttribute("aria-live", on ? "off" : "polite");
  }
}

const players = new WeakMap();

export default function player({ data, parentElement, setTriggerValue }) {
  let one = players.get(parentElement);
  if (!one) {
    one = new Player(parentElement);
    players.set(parentElement, one);
  }
  one.update(data, setTriggerValue);
  return () => { if (!parentElement.isConnected) one.stop(); };
}
