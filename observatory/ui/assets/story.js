// The story of this browser: slides that the reader put together, kept without a login. Its form
// is that of observatory.cards.story; a link to it is made here, of the same text.

const STORY = "obs.story";
const STORY_BEFORE = "obs.story.before";
const STORY_MINE = "obs.story.mine";
const MOST_SLIDES = 60;

function storyKept(name = STORY) {
  try {
    const found = JSON.parse(localStorage.getItem(name) || "null");
    if (found && Array.isArray(found.slides)) return found;
  } catch { /* a damaged story is no story */ }
  return { title: "", slides: [] };
}

function keepStory(story, name = STORY) {
  try {
    localStorage.setItem(name, JSON.stringify(story));
    return true;
  } catch {
    return false;
  }
}

const mine = (value) => {
  try {
    if (value !== undefined) sessionStorage.setItem(STORY_MINE, value);
    return sessionStorage.getItem(STORY_MINE) || "";
  } catch {
    return "";
  }
};

function countStory() {
  const count = storyKept().slides.length;
  for (const node of document.querySelectorAll("[data-story-count]")) {
    if (node.textContent !== String(count)) node.textContent = String(count);
    const link = node.closest("[data-story-open]");
    if (link && link.hidden === Boolean(count)) link.hidden = !count;
  }
}

async function storyText(story) {
  const short = {
    t: story.title || "", l: story.lang || document.documentElement.lang || "en", h: story.theme || "light",
    s: story.slides.map((s) => [s.page, s.query || {}, s.card, s.title || "", s.note || ""]),
  };
  let bytes = new TextEncoder().encode(JSON.stringify(short));
  let version = 0;
  if (window.CompressionStream) {
    const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
    bytes = new Uint8Array(await new Response(packed).arrayBuffer());
    version = 1;
  }
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${version}.${text}`;
}

function addToStory(card) {
  const words = state.data.words?.story || {};
  const story = storyKept();
  if (story.slides.length >= MOST_SLIDES) return announce(words.full);
  const query = Object.fromEntries(new URLSearchParams(state.data.permalink || ""));
  delete query.present;
  delete query.receipt;
  story.slides.push({ page: state.data.page, query, card, title: "", note: "" });
  if (!keepStory(story)) return announce(words.closed);
  mine("own");
  countStory();
  announce((words.added || "{n}").replace("{n}", story.slides.length));
}

async function openStory(name = STORY) {
  const story = storyKept(name);
  mine("own");
  follow(story.slides.length ? `/present?story=${await storyText(story)}` : "/present");
}

// What the page of stories shows: the reader's own story is kept in step with it; somebody else's
// is kept only once the reader changes it, and the reader's own is not lost then.
function syncStory(shown) {
  const own = storyKept();
  const others = document.querySelectorAll("[data-story-own]");
  if (!shown) {
    if (own.slides.length && !new URLSearchParams(location.search).get("ready")) openStory();
    return;
  }
  const differs = JSON.stringify(own.slides) !== JSON.stringify(shown.slides);
  if (shown.kept && differs && (mine() || !own.slides.length)) {
    if (mine() === "other" && own.slides.length) keepStory(own, STORY_BEFORE);
    keepStory(shown);
    mine("own");
  } else if (differs && mine() !== "own") mine("");
  else if (differs) mine("");
  const still = JSON.stringify(storyKept().slides) !== JSON.stringify(shown.slides);
  const before = storyKept(STORY_BEFORE).slides.length;
  others.forEach((node) => {
    node.hidden = !(still && own.slides.length) && !before;
    node.dataset.storyOwn = still && own.slides.length ? STORY : STORY_BEFORE;
  });
  countStory();
}

// Clicks on anything of the story; true if it was one.
function storyClick(target) {
  const edit = target.closest("[data-story]");
  if (edit) {
    if (!mine()) mine("other");
    send({ k: "story", id: edit.dataset.story });
    return true;
  }
  const own = target.closest("[data-story-own]");
  if (own) { openStory(own.dataset.storyOwn || STORY); return true; }
  if (target.closest("[data-story-open]")) { openStory(); return true; }
  if (target.closest("[data-present]")) { present(); return true; }
  return false;
}

function present() {
  const stage = window.__obsStage;
  const deck = document.querySelector("[data-stage]");
  if (deck) return deck.click();
  if (stage) { stage.left = false; stage.start = cardInView(); } else window.__obsStage = { at: 0, open: false, deck: null, start: cardInView() };
  const query = new URLSearchParams(location.search);
  query.set("present", "1");
  query.delete("receipt");
  follow(`${location.pathname}?${query}`);
}

function cardInView() {
  for (const node of document.querySelectorAll("[class*='st-key-card-']")) {
    const box = node.getBoundingClientRect();
    if (box.height && box.bottom > innerHeight * 0.25) {
      return [...node.classList].find((name) => name.startsWith("st-key-card-")).slice(12);
    }
  }
  return "";
}

// `p` presents the page one looks at. Returns true if the key was meant for that.
function storyKey(event) {
  if (event.key !== "p" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  if (event.target.closest("input,textarea,select,[contenteditable],[role='dialog'],[role='combobox']")) return false;
  if (window.__obsStage?.open || document.querySelector("[role='dialog']")) return false;
  event.preventDefault();
  present();
  return true;
}
