// Times that are typed: [data-zone-field] sends the zone of this browser with them, [data-zone-in-use] names it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  for (const field of document.querySelectorAll("[data-zone-field]")) field.value = zone;
  for (const name of document.querySelectorAll("[data-zone-in-use]")) name.textContent = zone;
}
