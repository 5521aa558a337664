// What a sign and a few letters stand for: "@" people, those of the thread first; "#" threads by number or title; "/" at
// the beginning of a line the ready replies of support. Arrows choose, Enter or Tab takes, Escape closes.
//   [data-composer] with data-mention-url, data-thread-url, data-ready-url: GET ?q=…&thread=… answers {"people"|"threads"|"replies": […]}
const PAUSE = 150;
const SIGNS = [
  {
    begins: /(?:^|[\s([{"'>*_~-])@([\w-]{0,29})$/, url: "mentionUrl", list: "people", words: "wordsPeople",
    say: ({ handle, called }) => [`@${handle}`, called === handle ? "" : called], put: ({ handle }) => ({ text: `${handle} ` }),
  },
  {
    begins: /(?:^|[\s(["'>*_~-])#((?:\d{1,9}|\p{L}[\p{L}\p{N} -]{1,39}))$/u, url: "threadUrl", list: "threads", words: "wordsThreads",
    say: ({ number, title, state }) => [`#${number}`, title, state], put: ({ number }) => ({ text: `${number} ` }),
  },
  {
    begins: /(?:^|\n)\/([\p{L}\p{N}-]{0,30})$/u, url: "readyUrl", list: "replies", words: "wordsReplies", sign: 1,
    say: ({ name, beginning }) => [name, beginning], put: ({ body, missing }) => ({ text: body, missing }),
  },
];

for (const form of document.querySelectorAll("form[data-writing]")) {
  const composer = form.querySelector("[data-composer]");
  const signs = SIGNS.filter(({ url }) => composer?.dataset[url]);
  if (signs.length) furnish(form, composer, signs);
}

function furnish(form, composer, signs) {
  const text = composer.querySelector("[data-text]");
  const heard = document.getElementById("announce");
  const list = document.createElement("ul");
  list.id = `${text.id}_offered`;
  list.className = "people-offered";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  text.after(list);
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);
  const known = new Map();
  let offered = [];
  let sign = signs[0];
  let at = 0;
  let timer = 0;
  let asked = 0;

  /** The sign that was begun before the cursor, and what stands behind it. */
  function begun() {
    if (text.selectionStart !== text.selectionEnd) return null;
    const before = text.value.slice(Math.max(0, text.selectionStart - 48), text.selectionStart);
    for (const one of signs) {
      const found = one.begins.exec(before);
      if (found) return { sign: one, prefix: found[1] };
    }
    return null;
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    offered = [];
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
  }

  function point(to) {
    at = (to + offered.length) % offered.length;
    for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === at));
    const option = list.children[at];
    text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function offer(found) {
    offered = found;
    list.setAttribute("aria-label", composer.dataset[sign.words]);
    list.dataset.offers = sign.list;
    list.replaceChildren(...found.map((one, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${index}`;
      option.setAttribute("role", "option");
      const [first, ...more] = sign.say(one);
      const name = document.createElement("b");
      name.textContent = first;
      option.append(name);
      for (const words of more.filter(Boolean)) {
        const said = document.createElement("span");
        said.textContent = words;
        said.dir = "auto";
        option.append(" ", said);
      }
      option.classList.toggle("staff", Boolean(one.team));
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
      return option;
    }));
    list.hidden = !found.length;
    if (!found.length) { close(); return; }
    // In a short field it would lie over the words just typed.
    list.classList.toggle("above", text.offsetHeight < 2 * list.offsetHeight);
    point(0);
    if (heard) heard.textContent = `${composer.dataset[sign.words]}: ${found.length}`;
  }

  function take(index) {
    const one = offered[index];
    const { prefix } = begun() ?? {};
    const chosen = sign;
    close();
    if (prefix === undefined) return;
    const detail = chosen.put(one);
    text.setSelectionRange(text.selectionStart - prefix.length - (chosen.sign ?? 0), text.selectionStart);
    text.dispatchEvent(new CustomEvent("composer:insert", { detail }));
    if (detail.missing?.length && heard) heard.textContent = detail.missing.map((name) => `[${name}?]`).join(", ");
  }

  async function look(found) {
    const turn = asked += 1;
    const key = `${found.sign.list} ${found.prefix}`;
    try {
      if (!known.has(key)) {
        const query = new URLSearchParams({ q: found.prefix, thread: form.dataset.thread ?? "" });
        const answer = await fetch(`${composer.dataset[found.sign.url]}?${query}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        known.set(key, (await answer.json())[found.sign.list]);
      }
    } catch { return; }
    if (turn !== asked || begun()?.prefix !== found.prefix) return;
    sign = found.sign;
    offer(known.get(key));
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    const found = begun();
    if (!found) { close(); return; }
    timer = setTimeout(() => look(found), PAUSE);
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
