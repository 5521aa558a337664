// Menus made of <details data-menu>: they close on Escape, on a press elsewhere and when the focus leaves.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const items = [...menu.querySelectorAll("ul :is(a, button)")].filter((item) => item.offsetParent);
  if (!items.length) return;
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  const now = items.indexOf(document.activeElement);
  items[(now + step + items.length) % items.length].focus();
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.("details[data-menu][open]");
  if (menu && relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
});

// "/" leads to the search, unless somebody is writing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (!search?.offsetParent) return;
  event.preventDefault();
  search.focus();
});

// After a refused form the cursor goes to what is wrong.
document.querySelector("[data-errors]")?.focus();

// On a phone tabs scroll sideways; the chosen one is in view.
for (const tabs of document.querySelectorAll(".tabs")) {
  const chosen = tabs.querySelector("[aria-current]");
  if (!chosen || tabs.scrollWidth <= tabs.clientWidth) continue;
  const middle = (box) => (box.left + box.right) / 2;
  tabs.scrollBy({ left: middle(chosen.getBoundingClientRect()) - middle(tabs.getBoundingClientRect()), behavior: "instant" });
}
