// The menu of a post opens beside it, and "did you try it?" in a dialog. Both are pages of their own for who has no scripts.
import { ahead, content } from "./ahead.js";
import { send, tell } from "./send.js";

let open = null;
ahead("[data-post-menu]:not([aria-expanded=true]), [data-tried]");

function close(focus = false) {
  if (!open) return;
  const { link, list } = open;
  open = null;
  list.remove();
  link.setAttribute("aria-expanded", "false");
  if (focus) link.focus();
}

async function show(link) {
  if (open?.link === link) { close(true); return; }
  close();
  try {
    const list = (await content(link)).querySelector("ul");
    const holder = document.createElement("span");
    holder.className = "post-menu";
    holder.append(list);
    link.after(holder);
    link.setAttribute("aria-expanded", "true");
    open = { link, list: holder };
    const { left, right } = list.getBoundingClientRect();
    if (left < 8 || right > document.documentElement.clientWidth - 8) holder.classList.add("towards-start");
    if (list.getBoundingClientRect().bottom > innerHeight) list.scrollIntoView({ block: "nearest" });
    list.querySelector("a, button")?.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
}

async function ask(link) {
  try {
    const asked = await content(link);
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const head = document.createElement("header");
    const heading = document.createElement("h2");
    heading.textContent = link.closest(".try")?.querySelector("span")?.textContent ?? link.textContent;
    const closer = document.createElement("button");
    closer.className = "btn bare icon";
    closer.type = "button";
    closer.dataset.close = "";
    closer.setAttribute("aria-label", document.body.dataset.closeWords ?? "×");
    closer.textContent = "×";
    head.append(heading, closer);
    const main = document.createElement("div");
    main.className = "main";
    main.append(asked);
    dialog.append(head, main);
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("button.main")?.focus();
  } catch {
    location.assign(link.href);
  }
}

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const link = event.target.closest?.("[data-post-menu], [data-tried]");
  if (link) {
    event.preventDefault();
    if (link.dataset.tried === undefined) show(link); else ask(link);
  } else if (open && !open.list.contains(event.target)) {
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (!open) return;
  if (event.key === "Escape") { close(true); return; }
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const items = [...open.list.querySelectorAll("a, button")];
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
});

document.addEventListener("focusout", ({ relatedTarget }) => {
  if (open && relatedTarget && relatedTarget !== open.link && !open.list.contains(relatedTarget)) close();
});

// A bookmark changes nothing on the page, so nobody needs a new one.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-menu-act=bookmark]");
  if (!form) return;
  event.preventDefault();
  const { name, value } = form.querySelector("button");
  const words = form.textContent.trim();
  close(true);
  try {
    await send(form.action, { [name]: value });
    tell(`${words} ✓`);
  } catch (refusal) {
    tell(refusal.message);
  }
});
