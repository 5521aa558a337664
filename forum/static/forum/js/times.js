// Times stand in the page in UTC, the same for every reader; here they become the reader's own.
// <time datetime="…Z" data-when="stamp|date|clock|short|ago|left">. Running ones show each minute as it comes.
// <… data-due="…Z"> holds two sentences, [data-until] and [data-late]; which one is true changes while the page is open.
// Our English says 9 Feb, as the pages do.
const written = document.documentElement.lang;
const language = written === "en" ? "en-GB" : written || undefined;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const say = (options) => {
  const form = new Intl.DateTimeFormat(language, { hourCycle: "h23", numberingSystem: "latn", ...options });
  return (at) => form.format(at);
};
const exact = say({ dateStyle: "full", timeStyle: "short" });
const clock = say({ hour: "2-digit", minute: "2-digit" });
const weekday = say({ weekday: "short" });
const dayMonth = say({ day: "numeric", month: "short" });
const dayMonthYear = say({ day: "numeric", month: "short", year: "numeric" });
const monthYear = say({ month: "short", year: "numeric" });
const today = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "day");
const comma = language?.startsWith("ar") ? "،" : ",";
// The page says how its language speaks of a span, so that what ticks says the same as what the server wrote.
const span = (part, fill) => Object.entries(fill).reduce(
  (text, [name, n]) => text.replace(`%${name}%`, n), document.body.dataset[`span${part}`] ?? "");

/** Milliseconds as people say them: under 1 min, 41 min, 3 h 12 min, 2 d 4 h, 40 d, 14 mo, 3 y. */
export function duration(milliseconds) {
  if (milliseconds > 0 && milliseconds < 60000) return span("Moment", {});
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  if (minutes < 60) return span("Minutes", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return span("Hours", { hours, minutes: String(minutes % 60).padStart(2, "0") });
  const days = Math.floor(hours / 24);
  if (days < 10) return span("FewDays", { days, hours: hours % 24 });
  if (days < 90) return span("Days", { days });
  if (days < 730) return span("Months", { months: Math.floor(days / 30) });
  return span("Years", { years: Math.floor(days / 365) });
}

const sameDay = (one, other) => one.toDateString() === other.toDateString();

function words(at, form, now) {
  const thisYear = at.getFullYear() === now.getFullYear();
  const date = thisYear ? dayMonth : dayMonthYear;
  const recent = now - at > 0 && now - at < 6 * 86400000;
  switch (form) {
    case "ago": return duration(now - at);
    case "left": return duration(at - now);
    case "clock": return clock(at);
    case "date": return date(at);
    case "short": return sameDay(at, now) ? clock(at) : recent ? weekday(at) : thisYear ? dayMonth(at) : monthYear(at);
    default:
      if (sameDay(at, now)) return `${today} ${clock(at)}`;
      return recent ? `${weekday(at)} ${clock(at)}` : `${date(at)}${comma} ${clock(at)}`;
  }
}

/** Write the times below `root` in the reader's zone. */
export function localise(root = document) {
  const now = new Date();
  for (const time of root.querySelectorAll("time[data-when]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const text = words(at, time.dataset.when, now);
    if (time.textContent !== text) time.textContent = text;
    time.title = exact(at);
  }
  for (const promise of root.querySelectorAll("[data-due]")) {
    const late = now > new Date(promise.dataset.due);
    promise.querySelector("[data-until]").hidden = late;
    promise.querySelector("[data-late]").hidden = !late;
  }
}

function nameZone() {
  const place = document.querySelector("[data-zone]");
  if (!place || !zone) return;
  const short = new Intl.DateTimeFormat(language, { timeZoneName: "short" }).formatToParts()
    .find(({ type }) => type === "timeZoneName")?.value;
  const city = zone.split("/").pop().replaceAll("_", " ");
  place.textContent = place.dataset.zoneWords.replace("{zone}", short && short !== city ? `${city}, ${short}` : city);
}

localise();
nameZone();
setInterval(() => { if (!document.hidden) localise(); }, 10000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) localise(); });
// What arrives later, by htmx or over the socket, is written in the reader's zone too.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === 1 && (node.matches("time[data-when]") || node.querySelector?.("time[data-when]"))) localise(node.parentNode ?? document);
  }
}).observe(document.body, { childList: true, subtree: true });
