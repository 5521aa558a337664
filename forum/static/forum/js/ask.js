// The ask form: versions of the chosen product, names of tags one after the other.
const product = document.querySelector("select[name=product]");
const version = document.querySelector("select[name=version]");
if (product && version) {
  const groups = [...version.querySelectorAll("optgroup")];
  const fit = () => {
    const name = product.value && product.selectedOptions[0].textContent.trim();
    for (const group of groups) {
      const fits = !name || group.label === name;
      group.hidden = group.disabled = !fits;
      if (!fits && group.contains(version.selectedOptions[0])) version.value = "";
    }
  };
  product.addEventListener("change", fit);
  version.addEventListener("change", () => {
    const group = version.selectedOptions[0]?.closest("optgroup");
    if (!group || product.value) return;
    const option = [...product.options].find((one) => one.textContent.trim() === group.label);
    if (option) { option.selected = true; fit(); }
  });
  fit();
}

const tags = document.querySelector("input[data-tags]");
if (tags?.list) {
  // A list of suggestions completes the whole field, so each suggestion carries what stands before it.
  const names = [...tags.list.options].map(({ value }) => value);
  tags.addEventListener("input", () => {
    const before = tags.value.includes(",") ? `${tags.value.slice(0, tags.value.lastIndexOf(",") + 1).trim()} ` : "";
    const taken = new Set(before.split(",").map((name) => name.trim().toLowerCase()));
    tags.list.replaceChildren(...names.filter((name) => !taken.has(name.toLowerCase())).map((name) => new Option("", before + name)));
  });
}
