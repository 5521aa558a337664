// "@" and a few letters offer people: those of the thread first. Arrows choose, Enter or Tab takes, Escape closes.
const AT = /(?:^|[\s([{"'>*_~-])@([\w-]{0,29})$/;
const PAUSE = 150;

for (const form of document.querySelectorAll("form[data-writing]")) {
  const composer = form.querySelector("[data-composer][data-mention-url]");
  if (composer) furnish(form, composer);
}

function furnish(form, composer) {
  const text = composer.querySelector("[data-text]");
  const list = document.createElement("ul");
  list.id = `${text.id}_people`;
  list.className = "people-offered";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", composer.dataset.wordsPeople);
  list.hidden = true;
  text.after(list);
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);
  const known = new Map();
  let people = [];
  let at = 0;
  let timer = 0;
  let asked = 0;

  const begun = () => {
    if (text.selectionStart !== text.selectionEnd) return null;
    const found = AT.exec(text.value.slice(Math.max(0, text.selectionStart - 32), text.selectionStart));
    return found && found[1];
  };

  function close() {
    clearTimeout(timer);
    asked += 1;
    people = [];
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
  }

  function point(to) {
    at = (to + people.length) % people.length;
    for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === at));
    const option = list.children[at];
    text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function offer(found) {
    people = found;
    list.replaceChildren(...found.map(({ handle, called, team }, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${index}`;
      option.setAttribute("role", "option");
      const name = document.createElement("b");
      name.textContent = `@${handle}`;
      option.append(name);
      if (called !== handle) option.append(` ${called}`);
      option.classList.toggle("staff", team);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
      return option;
    }));
    list.hidden = !found.length;
    if (found.length) point(0);
    else close();
  }

  function take(index) {
    const { handle } = people[index];
    const prefix = begun();
    close();
    if (prefix === null) return;
    text.setSelectionRange(text.selectionStart - prefix.length, text.selectionStart);
    text.dispatchEvent(new CustomEvent("composer:insert", { detail: { text: `${handle} ` } }));
  }

  async function look(prefix) {
    const turn = asked += 1;
    try {
      if (!known.has(prefix)) {
        const query = new URLSearchParams({ q: prefix, thread: form.dataset.thread ?? "" });
        const answer = await fetch(`${composer.dataset.mentionUrl}?${query}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        known.set(prefix, (await answer.json()).people);
      }
    } catch { return; }
    if (turn === asked && begun() === prefix) offer(known.get(prefix));
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    const prefix = begun();
    if (prefix === null) { close(); return; }
    timer = setTimeout(() => look(prefix), PAUSE);
  });
  // Heard before the composer hears it, whose Enter would begin a line.
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") point(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" || event.key === "Tab") take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  text.addEventListener("blur", close);
}
