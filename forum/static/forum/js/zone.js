// Times that are typed: [data-zone-field] sends the zone of this browser with them, [data-zone-in-use] names it.
// A form that comes with a zone has times that were typed there, perhaps on another device: it stays.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-zone-field]")) {
  if (!zone || field.value) continue;
  field.value = zone;
  for (const name of field.form.querySelectorAll("[data-zone-in-use]")) name.textContent = zone;
}
