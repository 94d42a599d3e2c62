// [data-copy]: copies the text of the field with this id; where the browser does not allow it, picks the text instead.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.copied;
    } catch {
      field.focus();
      field.select();
      said.textContent = said.dataset.picked;
    }
  });
}
