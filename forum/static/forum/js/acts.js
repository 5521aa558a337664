// Votes, "I have this too" and following act in place. The page knows what the reader has done: data-mine.
import { send, tell } from "./send.js";

const page = document.querySelector("[data-thread-page][data-mine]");
const mine = JSON.parse(page?.dataset.mine ?? "{}");
const voted = new Set(mine.voted);

const isOn = (act) => (act.dataset.act === "me-too" ? mine.too : voted.has(Number(act.closest("[data-post]")?.dataset.post)));

function show(act) {
  const on = isOn(act);
  act.setAttribute("role", "button");
  act.setAttribute("aria-pressed", String(Boolean(on)));
  if (act.dataset.act !== "vote") return;
  const use = act.querySelector("use");
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, on ? "#vote-on" : "#vote"));
}

function keep(act, on, count) {
  const id = Number(act.closest("[data-post]")?.dataset.post);
  if (act.dataset.act === "me-too") mine.too = on;
  else if (on) voted.add(id);
  else voted.delete(id);
  const place = act.querySelector("[data-count]");
  if (place && count !== undefined) place.textContent = count || "";
  show(act);
}

async function press(act) {
  if (act.dataset.busy !== undefined) return;
  const was = Boolean(isOn(act));
  const before = Number(act.querySelector("[data-count]")?.textContent || 0);
  act.dataset.busy = "";
  keep(act, !was, before + (was ? -1 : 1));
  try {
    const { on, count } = await send(act.dataset.url, { on: was ? "0" : "1" });
    keep(act, on, count);
    // Whoever has the problem too is told what becomes of it.
    if (act.dataset.act === "me-too" && on) showFollowing(true);
  } catch (refusal) {
    keep(act, was, before);
    tell(refusal.message);
  } finally {
    delete act.dataset.busy;
  }
}

document.addEventListener("click", (event) => {
  const act = event.target.closest?.("[data-act]");
  if (!act || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  press(act);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("[data-act]")) return;
  event.preventDefault();
  press(event.target);
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-follow]");
  if (!form) return;
  event.preventDefault();
  const on = form.querySelector("button").value;
  try {
    await send(form.action, { on });
    showFollowing(on === "1");
  } catch (refusal) {
    tell(refusal.message);
  }
});

function showFollowing(on) {
  const button = document.querySelector("form[data-follow] button");
  if (!button) return;
  button.value = on ? "0" : "1";
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("span").textContent = on ? button.dataset.on : button.dataset.off;
}

const dress = (root) => { for (const act of root.querySelectorAll("[data-act]")) show(act); };
dress(document);
// Posts that arrive or change later are the same for everybody, so they come undressed.
document.addEventListener("live:applied", () => dress(document));
