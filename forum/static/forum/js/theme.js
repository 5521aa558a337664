// The reader's choice of light, before the first paint. A classic script in the head, because a module would come too late.
(() => {
  const root = document.documentElement;
  const read = () => {
    try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  show(read());
  document.addEventListener("DOMContentLoaded", () => {
    const chosen = document.getElementById(`theme-${read()}`);
    if (chosen) chosen.checked = true;
  });
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "theme" || target.type !== "radio") return;
    try { localStorage.setItem("theme", target.value); } catch { /* private windows keep nothing */ }
    show(target.value);
  });
  addEventListener("storage", ({ key }) => { if (key === "theme") show(read()); });
})();
