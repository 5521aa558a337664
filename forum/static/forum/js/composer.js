// Where people write: formatting, shortcuts, the kind of a reply, sending once.
//   form[data-writing] holds one [data-composer]; data-thread names the thread, if there is one.
// Other modules put words in by an event on the text field: composer:insert {text, block}.
// Told to others on the document: forum:typing {thread}, at most every three seconds.
const TYPING_EVERY = 3000;
const STEPS_OR_CODE = /^(```|~~~| {4}\S|\t\S|\s{0,3}\d{1,3}[.)] )/m;
// What may stand behind a question mark and still leave it the end.
const CLOSING = new Set("`*_~)]\"'»”’ .!");
const LIST_ITEM = /^(\s*)([-*+]|(\d{1,3})([.)]))( \[[ x]\])? (.*)$/;

for (const form of document.querySelectorAll("form[data-writing]")) {
  const composer = form.querySelector("[data-composer]");
  if (composer) furnish(form, composer);
}

/** Whether the last line asks, in words that are not quoted from somebody else. */
function asks(words) {
  const line = words.trimEnd().split("\n").pop();
  let end = line.length;
  while (end && CLOSING.has(line[end - 1])) end -= 1;
  return !line.startsWith(">") && "?؟？".includes(line[end - 1] ?? " ");
}

function furnish(form, composer) {
  const text = composer.querySelector("[data-text]");
  const { dataset: words } = composer;

  // Words go in the way typing does, so that the browser's own undo takes them back.
  function put(replacement) {
    text.focus();
    if (document.execCommand("insertText", false, replacement)) return;
    text.setRangeText(replacement, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  function wrap(before, after, placeholder) {
    const { selectionStart: start, selectionEnd: end, value } = text;
    const chosen = value.slice(start, end);
    if (chosen.length >= before.length + after.length && chosen.startsWith(before) && chosen.endsWith(after)) {
      put(chosen.slice(before.length, chosen.length - after.length));
      text.setSelectionRange(start, text.selectionStart);
      return;
    }
    const inside = chosen || placeholder;
    put(before + inside + after);
    text.setSelectionRange(start + before.length, start + before.length + inside.length);
  }

  function prefixLines(prefix) {
    const { value } = text;
    const start = value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const nextLine = value.indexOf("\n", text.selectionEnd);
    text.setSelectionRange(start, nextLine < 0 ? value.length : nextLine);
    const lines = value.slice(text.selectionStart, text.selectionEnd).split("\n");
    put(lines.map((line, index) => prefix(index) + line).join("\n"));
  }

  function putBlock(block) {
    const before = text.value.slice(0, text.selectionStart);
    const after = text.value.slice(text.selectionEnd);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    put(gap + block.replace(/\s+$/, "") + (after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"));
  }

  const formats = {
    bold: () => wrap("**", "**", words.wordsBold),
    italic: () => wrap("*", "*", words.wordsItalic),
    quote: () => prefixLines(() => "> "),
    list: () => prefixLines(() => "- "),
    numbers: () => prefixLines((index) => `${index + 1}. `),
    mention: () => put(/[\w@]$/.test(text.value.slice(0, text.selectionStart)) ? " @" : "@"),
    // A line that begins with a stroke offers what is ready: completion.js.
    ready: () => put(/(?:^|\n)$/.test(text.value.slice(0, text.selectionStart)) ? "/" : "\n/"),
    code: () => {
      const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
      if (!chosen.includes("\n")) return wrap("`", "`", "");
      putBlock(`\`\`\`\n${chosen.replace(/\n$/, "")}\n\`\`\``);
    },
    link: () => {
      const start = text.selectionStart;
      const chosen = text.value.slice(start, text.selectionEnd);
      if (/^https?:\/\/\S+$/.test(chosen)) {
        put(`[${words.wordsLink}](${chosen})`);
        text.setSelectionRange(start + 1, start + 1 + words.wordsLink.length);
        return;
      }
      const shown = chosen || words.wordsLink;
      put(`[${shown}](https://)`);
      const address = start + shown.length + 3;
      text.setSelectionRange(address, address + 8);
    },
  };

  text.addEventListener("composer:insert", ({ detail }) => (detail.block ? putBlock(detail.text) : put(detail.text)));

  // The bar: one stop for the Tab key, arrows inside.
  const bar = composer.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("button")];
  const reach = (button) => { for (const other of buttons) other.tabIndex = other === button ? 0 : -1; };
  reach(buttons[0]);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const ends = { Home: 0, End: buttons.length - 1 }[event.key];
    if (step === undefined && ends === undefined) return;
    event.preventDefault();
    const turned = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const at = ends ?? (buttons.indexOf(document.activeElement) + step * turned + buttons.length) % buttons.length;
    reach(buttons[at]);
    buttons[at].focus();
  });
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-format]");
    if (!button) return;
    reach(button);
    formats[button.dataset.format]();
  });

  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (command && event.key === "Enter") {
      event.preventDefault();
      send();
    } else if (command && !event.shiftKey) {
      const format = { b: "bold", i: "italic", k: "link", e: "code" }[event.key.toLowerCase()];
      if (!format) return;
      event.preventDefault();
      formats[format]();
    } else if (event.key === "Enter" && !event.shiftKey && !event.defaultPrevented && continueList()) {
      event.preventDefault();
    }
  });

  function continueList() {
    if (text.selectionStart !== text.selectionEnd) return false;
    const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const item = LIST_ITEM.exec(text.value.slice(start, text.selectionStart));
    if (!item) return false;
    const [, indent, mark, number, dot, box, rest] = item;
    if (!rest.trim()) {   // a second Enter ends the list
      text.setSelectionRange(start, text.selectionStart);
      put("\n");
      return true;
    }
    put(`\n${indent}${number ? `${Number(number) + 1}${dot}` : mark}${box ? " [ ]" : ""} `);
    return true;
  }

  // The kind: guessed from the text until somebody chooses, by the list or by Alt+K.
  const kind = form.querySelector("select[data-kind]");
  if (kind) {
    const sayKind = () => {
      for (const line of form.querySelectorAll("[data-for-kind]")) line.hidden = line.dataset.forKind !== kind.value;
    };
    const guess = () => {
      if (kind.dataset.chosen !== undefined || kind.dataset.guess === undefined) return;
      kind.value = STEPS_OR_CODE.test(text.value) ? "solution" : asks(text.value) ? "question" : "information";
      sayKind();
    };
    kind.addEventListener("change", () => {
      kind.dataset.chosen = "";
      sayKind();
    });
    form.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyK") return;
      event.preventDefault();
      kind.selectedIndex = (kind.selectedIndex + (event.shiftKey ? kind.length - 1 : 1)) % kind.length;
      kind.dispatchEvent(new Event("change", { bubbles: true }));
      const place = document.getElementById("announce");
      if (place) place.textContent = kind.selectedOptions[0].textContent;
    });
    text.addEventListener("input", guess);
    guess();
    sayKind();
  }

  // Sending: once, and after the pictures that are still on their way.
  const button = form.querySelector("[data-send]");
  const send = () => form.requestSubmit(button);
  let isSending = false;
  form.addEventListener("submit", (event) => {
    if (isSending) { event.preventDefault(); return; }
    const by = event.submitter ?? button;
    if (by && !by.matches("[data-send]")) return;
    if (Number(form.dataset.uploading) > 0) {
      event.preventDefault();
      busy(words.wordsUploading);
      form.addEventListener("composer:uploaded", ({ detail }) => {
        free();
        if (detail.allTaken) form.requestSubmit(by);
      }, { once: true });
      return;
    }
    isSending = true;
    busy(button.dataset.busy);
  });
  function busy(word) {
    if (!button || !word) return;
    button.dataset.rest ??= button.textContent;
    button.style.minInlineSize = `${button.offsetWidth}px`;
    button.textContent = word;
    button.setAttribute("aria-disabled", "true");
  }
  function free() {
    isSending = false;
    if (!button) return;
    button.textContent = button.dataset.rest ?? button.textContent;
    button.removeAttribute("aria-disabled");
  }
  addEventListener("pageshow", ({ persisted }) => { if (persisted) free(); });

  // Enter in a line of one's question goes nowhere: the text is not finished.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=submit], [type=radio], [type=checkbox])")) event.preventDefault();
  });

  let told = 0;
  text.addEventListener("input", () => {
    if (!form.dataset.thread || form.dataset.place?.startsWith("edit-")) return;
    if (!text.value.trim() || Date.now() - told < TYPING_EVERY) return;
    told = Date.now();
    document.dispatchEvent(new CustomEvent("forum:typing", { detail: { thread: form.dataset.thread } }));
  });
}
