// A visitor presses a language: the choice is kept in a cookie, and the same page comes in that language.
const YEAR = 365 * 24 * 3600;

document.querySelector("[data-tongues]")?.addEventListener("submit", (event) => {
  const chosen = event.submitter?.value;
  if (!chosen) return;
  event.preventDefault();
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `language=${chosen}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  location.reload();
});
