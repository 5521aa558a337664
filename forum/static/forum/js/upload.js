// Pictures and files: chosen, pasted or dropped; each shows how far it is and can be stopped. What comes back is Markdown.
const sprite = document.querySelector("svg use")?.getAttribute("href").split("#")[0];

for (const form of document.querySelectorAll("form[data-writing]")) {
  const composer = form.querySelector("[data-composer][data-attach-url]");
  if (composer) furnish(form, composer);
}

function furnish(form, composer) {
  const { dataset: words } = composer;
  const text = composer.querySelector("[data-text]");
  const list = composer.querySelector("[data-files]");
  let underWay = 0;
  let refused = 0;

  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.multiple = true;
  chooser.addEventListener("change", () => {
    for (const file of chooser.files) send(file);
    chooser.value = "";
  });
  composer.querySelector("[data-attach]")?.addEventListener("click", () => chooser.click());

  text.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // A copied table or passage carries a picture of itself; the words are what was meant.
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    for (const file of files) send(file);
  });

  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    composer.addEventListener(name, (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      composer.classList.add("dropping");
    });
  }
  composer.addEventListener("dragleave", (event) => {
    if (!composer.contains(event.relatedTarget)) composer.classList.remove("dropping");
  });
  composer.addEventListener("drop", (event) => {
    composer.classList.remove("dropping");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) send(file);
  });

  function button(word, icon) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn bare";
    if (sprite) made.innerHTML = `<svg aria-hidden="true" width="16" height="16"><use href="${sprite}#${icon}"></use></svg>`;
    made.append(word);
    return made;
  }

  function row(name) {
    const item = document.createElement("li");
    const said = document.createElement("span");
    said.textContent = name;
    item.append(said);
    list.append(item);
    list.hidden = false;
    const away = () => {
      item.remove();
      list.hidden = !list.children.length;
    };
    return { item, said, away };
  }

  function settle() {
    underWay -= 1;
    form.dataset.uploading = underWay;
    if (underWay) return;
    form.dispatchEvent(new CustomEvent("composer:uploaded", { detail: { allTaken: !refused } }));
    refused = 0;
  }

  function send(file) {
    const { item, said, away } = row(file.name || "picture");
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.value = 0;
    progress.setAttribute("aria-label", `${words.wordsUploading}: ${file.name}`);
    const stop = button(words.wordsCancel, "cross");
    item.append(progress, stop);

    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("file", file, file.name || "picture.png");
    const request = new XMLHttpRequest();
    request.open("POST", words.attachUrl);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) progress.value = loaded / total;
    });
    request.addEventListener("load", () => {
      if (request.status === 201) {
        const { markdown, is_image: isImage, name } = request.response;
        text.dispatchEvent(new CustomEvent("composer:insert", { detail: { text: markdown, block: isImage } }));
        announce(words.wordsAttached.replace("%name%", name));
        away();
      } else {
        failed(request.response?.reason);
      }
      settle();
    });
    request.addEventListener("error", () => { failed(); settle(); });
    request.addEventListener("abort", () => { away(); settle(); });
    stop.addEventListener("click", () => { request.abort(); text.focus(); });
    underWay += 1;
    form.dataset.uploading = underWay;
    request.send(data);

    function failed(reason) {
      refused += 1;
      progress.remove();
      stop.remove();
      item.setAttribute("role", "alert");
      said.className = "late";
      said.textContent = reason ?? words.wordsUnattached.replace("%name%", file.name);
      const again = button(words.wordsAgain, "restore");
      again.addEventListener("click", () => { away(); send(file); });
      const drop = button(words.wordsCancel, "cross");
      drop.addEventListener("click", () => { away(); text.focus(); });
      item.append(...(reason ? [drop] : [again, drop]));
    }
  }
}

function announce(words) {
  const place = document.getElementById("announce");
  if (place) place.textContent = words;
}
