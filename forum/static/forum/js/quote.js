// Quoting: a link [data-quote="post"] puts what is marked in that post, or all of it, into the composer of the page,
// with a link back. form[data-writing][data-quote-url] says where the words of a post are asked for.
const form = document.querySelector("form[data-writing][data-quote-url]");
const text = form?.querySelector("[data-text]");
let marked = "";

function markedIn(link) {
  const selection = getSelection();
  const post = link.closest("article, .entry")?.querySelector(".text");
  if (!post || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  return post.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
}

if (text) {
  // Pressing the link takes the mark away before it counts as a click.
  document.addEventListener("pointerdown", ({ target }) => {
    const link = target.closest?.("[data-quote]");
    marked = link ? markedIn(link) : "";
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-quote]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const words = marked || markedIn(link);
    marked = "";
    let markdown;
    try {
      const answer = await fetch(form.dataset.quoteUrl.replace("/0/", `/${link.dataset.quote}/`), { headers: { Accept: "application/json" } });
      ({ markdown } = await answer.json());
    } catch { /* the link still leads to a page that quotes */ }
    if (!markdown) { location.assign(link.href); return; }
    if (words) {
      const lines = words.split("\n").map((line) => `> ${line}`.trimEnd());
      markdown = `${markdown.split("\n", 1)[0]}\n${lines.join("\n")}\n\n`;
    }
    form.scrollIntoView({ block: "center" });
    text.dispatchEvent(new CustomEvent("composer:insert", { detail: { text: markdown, block: true } }));
  });
}
