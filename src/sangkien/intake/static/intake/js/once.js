// [data-once]: a form that was sent says so and is not sent a second time by an impatient finger; the server would answer the same.
for (const form of document.querySelectorAll("[data-once]")) {
  let gone = false;
  form.addEventListener("submit", (event) => {
    if (gone) return event.preventDefault();
    gone = true;
    const button = event.submitter ?? form.querySelector("[type=submit]");
    button.dataset.was = button.innerHTML;
    button.textContent = form.dataset.once;
    button.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => { // come back by the browser's own button
    gone = false;
    for (const button of form.querySelectorAll("[data-was]")) {
      button.innerHTML = button.dataset.was;
      button.removeAttribute("aria-busy");
    }
  });
}
