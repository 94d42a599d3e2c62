// [data-unsaved]: what to say when htmx could not save, in the place that otherwise tells the time of saving.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, ({ target }) => {
    const sentence = target.closest("[data-unsaved]")?.dataset.unsaved;
    const place = document.getElementById("saved");
    if (!sentence || !place) return;
    place.textContent = sentence;
    place.classList.add("is-lost");
  });
}
