// Copying: a button on every block of code, buttons with data-copy="id of a field", and data-back to go where one came from.
import { tell } from "./send.js";

// Any icon of the page names the file of all; a house with a logo of its own has none in its name.
const sprite = document.querySelector("svg use")?.getAttribute("href").split("#")[0];

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return;   // The clipboard is only open to pages served safely; the text can still be marked by hand.
  }
  tell(button.dataset.copied ?? copiedWords);
  const use = button.querySelector("use");
  if (!use) return;
  use.setAttribute("href", `${sprite}#check`);
  setTimeout(() => use.setAttribute("href", `${sprite}#copy`), 2000);
}

// The page knows the reader's language: <body data-copy-words="Copy" data-copied-words="Copied">.
const { copyWords, copiedWords } = document.body.dataset;

function furnish(root) {
  if (!navigator.clipboard || !sprite) return;
  for (const code of root.querySelectorAll(".text pre")) {
    if (code.closest(".copyable")) continue;
    const holder = document.createElement("div");
    holder.className = "copyable";
    code.replaceWith(holder);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn copy";
    button.setAttribute("aria-label", copyWords);
    button.dataset.copied = copiedWords;
    button.innerHTML = `<svg aria-hidden="true" width="16" height="16"><use href="${sprite}#copy"></use></svg>`;
    holder.append(code, button);
    button.addEventListener("click", () => copy(code.textContent, button));
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (button) {
    const source = document.getElementById(button.dataset.copy);
    copy(source.value ?? source.textContent, button);
  }
  if (target.closest?.("[data-back]")) history.back();
});

furnish(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === 1) furnish(node);
}).observe(document.body, { childList: true, subtree: true });
