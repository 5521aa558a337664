// The review queue by keys. On the chosen case: c claims it, u or d begins a decision, and then a number gives the reason
// of that number and sends it, Enter leads to one's own words. n claims the next free one, z takes the last one back.
//   [data-key]             what the key presses, in the chosen case or on the page
//   [data-outcome]         on a button, and on the reasons that go with it
const WAIT = 4000;
let begun = null;

const off = () => document.querySelector("[data-keys-off]")?.checked;
const isWriting = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");
const chosen = () => document.activeElement.closest?.("[data-case]") ?? document.querySelector("[data-case]:target");

function press(key) {
  const found = chosen()?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`main [data-key="${key}"]:not([data-case] *)`);
  found?.click();
  return Boolean(found);
}

function begin(key) {
  const button = chosen()?.querySelector(`[data-deciding] [data-key="${key}"]`);
  if (!button) return false;
  forget();
  begun = { button, timer: setTimeout(forget, WAIT) };
  button.classList.add("on");
  return true;
}

function forget() {
  if (!begun) return;
  clearTimeout(begun.timer);
  begun.button.classList.remove("on");
  begun = null;
}

// With its number the reason is said and the decision made; with Enter it is said in one's own words.
function end(key) {
  const { button } = begun;
  const { form } = button;
  const reasons = form.querySelector(`optgroup[data-outcome="${button.dataset.outcome}"]`);
  const reason = reasons?.children[Number(key) - 1];
  if (key !== "Enter" && !reason) return false;
  forget();
  if (key === "Enter") {
    const words = form.querySelector("textarea");
    words.focus();
    words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit(button);
    });
  } else {
    reason.selected = true;
    form.requestSubmit(button);
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target) || off()) return;
  const key = event.key;
  let done = false;
  if (begun && (key === "Enter" || /^[1-9]$/.test(key))) done = end(key);
  else if (key === "u" || key === "d") done = begin(key);
  else if (key === "c" || key === "n" || key === "z") done = press(key);
  else if (key === "Escape" && begun) { forget(); done = true; }
  if (done) {
    event.preventDefault();
    // The same letters mean something else on other pages.
    event.stopImmediatePropagation();
  }
}, { capture: true });

// After a decision the gravest of what is left is chosen, so that the hand stays where it is.
if (document.querySelector("[data-undo]") && !location.hash) {
  document.querySelector("article[data-case]")?.focus({ preventScroll: true });
}
