// While somebody asks: what was asked and explained before, found after every pause in typing.
//   [data-similar][data-similar-url] in a form is where it is shown; the server says what there is and how it stands.
const PAUSE = 250;
const SHORTEST = 8;
const READ = 1500;   // of the details; what comes later says no more

for (const place of document.querySelectorAll("form [data-similar]")) offer(place, place.closest("form"));

function offer(place, form) {
  const { title, body, product } = form.elements;
  const heard = document.getElementById("announce");
  let timer = 0;
  let shown = "";
  let asked = place.dataset.similarUrl;
  let underWay = null;

  // What is shown while writing need not be shown again before sending.
  const look = form.querySelector("[data-look]");
  if (look) look.disabled = true;

  const question = () => {
    const query = new URLSearchParams({ title: title.value.trim() });
    if (body.value.trim()) query.set("body", body.value.trim().slice(0, READ));
    if (product?.value) query.set("product", product.value);
    return query;
  };

  async function find({ anew = false } = {}) {
    const query = question();
    const url = `${place.dataset.similarUrl}?${query}`;
    if (!anew && (url === asked || title.value.trim().length < SHORTEST)) return;
    asked = url;
    underWay?.abort();
    underWay = new AbortController();
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" }, signal: underWay.signal });
      if (!answer.ok) return;
      show(await answer.text());
    } catch { /* overtaken by the next word, or offline: asked again with the next pause */ }
  }

  function show(html) {
    if (html.trim() === shown) return;
    shown = html.trim();
    // What comes above the words that are being written must not push them away.
    const written = document.activeElement === body ? body : null;
    const before = written?.getBoundingClientRect().top;
    place.innerHTML = html;
    if (written) scrollBy({ top: written.getBoundingClientRect().top - before, behavior: "instant" });
    const found = place.querySelector("[data-found-words]")?.textContent.trim();
    if (heard && found && found !== heard.textContent) heard.textContent = found;
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  };
  for (const field of [title, body]) field.addEventListener("input", soon);
  product?.addEventListener("change", soon);
  // Back from what was opened: it now stands among what was read.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) find({ anew: true }); });
  if (title.value.trim()) find({ anew: true });
}
