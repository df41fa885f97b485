// The day of the last visit, kept in this browser and nowhere else: no account, nothing is sent. A
// visit is a day; the day before it is what "since my last visit" means. A page that has a place for
// it (`data-visit`) gets the date and the link filled in.

const VISIT = "obsVisit";

function visits() {
  const today = new Date().toISOString().slice(0, 10);
  try {
    const known = JSON.parse(localStorage.getItem(VISIT) || "{}");
    const day = /^\d{4}-\d{2}-\d{2}$/;
    if (known.day === today) return day.test(known.last) ? known.last : "";
    const last = day.test(known.day) ? known.day : "";
    localStorage.setItem(VISIT, JSON.stringify({ day: today, last }));
    return last;
  } catch {
    return "";
  }
}

function fillVisit() {
  const place = document.querySelector("[data-visit]:not([data-on])");
  if (!place) return;
  const last = visits();
  const link = place.querySelector("a");
  const time = place.querySelector("time");
  if (!last || !link || !time) return;
  const words = new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "long", timeZone: "UTC" });
  time.textContent = words.format(new Date(`${last}T00:00:00Z`));
  time.setAttribute("datetime", last);
  link.setAttribute("href", `/changes?since=${last}`);
  place.setAttribute("data-on", "");
}

function forgetVisit(button) {
  try {
    localStorage.removeItem(VISIT);
  } catch { /* then nothing was kept */ }
  button.closest("[data-visit]")?.removeAttribute("data-on");
}
