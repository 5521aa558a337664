// Whoever begins to write for support is shown to the others as writing, for ten minutes: the press is done for him, once.
import { send, tell } from "./send.js";

const form = document.querySelector("form[data-claim]");

async function claim() {
  const kind = document.querySelector("select[data-kind]");
  // A note keeps nobody waiting.
  if (kind?.value === "note") return;
  document.removeEventListener("forum:typing", claim);
  try {
    const { words } = await send(form.action, {});
    form.replaceWith(Object.assign(document.createElement("p"), { className: "small", textContent: words }));
  } catch (refusal) {
    tell(refusal.message);
  }
}

if (form) document.addEventListener("forum:typing", claim);
