// Filters that act when they are changed; the button that does it without scripts steps aside.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  for (const button of form.querySelectorAll("[data-unscripted]")) button.hidden = true;
  form.addEventListener("change", () => {
    // Empty choices stay out of the address, so that one list has one address.
    for (const field of form.querySelectorAll("select, input")) field.disabled = !field.value;
    form.submit();
  });
}
