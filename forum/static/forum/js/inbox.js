// The number of notices beside the reader's face follows what happens elsewhere.
//   [data-inbox-url] where the number is asked for;  [data-inbox-count] where it stands, wherever that is on the page
import "./live.js";

const place = document.querySelector("[data-inbox-url]");
// Many things may happen at once, and the answer is the same for all of them.
const PATIENCE = 400;
let timer = 0;

if (place) document.addEventListener("live:member", () => { timer ||= setTimeout(ask, PATIENCE); });

async function ask() {
  timer = 0;
  try {
    const answer = await fetch(place.dataset.inboxUrl, { headers: { Accept: "application/json" } });
    if (answer.ok) show((await answer.json()).count);
  } catch { /* The next hint asks again. */ }
}

function show(count) {
  for (const number of document.querySelectorAll("[data-inbox-count]")) {
    number.textContent = count > 99 ? "99+" : count;
    number.hidden = !count;
  }
}
