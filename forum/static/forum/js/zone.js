// Times that are typed: [data-zone] sends the zone of this browser with them, [data-zone-name] says which one it is.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  for (const field of document.querySelectorAll("[data-zone]")) field.value = zone;
  for (const name of document.querySelectorAll("[data-zone-name]")) name.textContent = zone;
}
