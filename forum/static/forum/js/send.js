// Sending what a form would send, without leaving the page.

/**
 * POST fields to an address; resolves to what came back as JSON, null if nothing did. Rejects with the reason in words.
 * Told to others on the document: forum:sent, once it has happened.
 */
export async function send(url, fields, options = {}) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (body !== fields) for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (token) body.set("csrfmiddlewaretoken", token);
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, ...options }).catch(() => {
    throw new Error(document.querySelector("[data-offline]")?.dataset.wordsFailed);
  });
  const data = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  if (!answer.ok) throw new Error(data?.reason ?? `${answer.status}`);
  document.dispatchEvent(new CustomEvent("forum:sent"));
  return data;
}

/** Say why something did not happen, or that it did, where everybody notices. */
export function tell(text) {
  const heard = document.getElementById("announce");
  if (heard) heard.textContent = text;
  let place = document.querySelector(".toasts");
  if (!place) {
    place = document.createElement("div");
    place.className = "toasts";
    document.body.append(place);
  }
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = text;
  place.append(toast);
  setTimeout(() => toast.remove(), 6000);
}
