// [data-hand-over]: a form with file inputs sends itself as soon as files are chosen or dropped on the page.
// Works without: the form has a button then.
for (const form of document.querySelectorAll("[data-hand-over]")) {
  const say = form.querySelector("[data-hand-over-say]");
  const send = (count) => {
    if (!count) return;
    say.textContent = form.dataset.handOver.replace("{n}", count);
    form.requestSubmit();
  };
  form.addEventListener("change", (event) => send(event.target.files?.length));

  // The whole page is the target while files are in the air.
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.remove("is-over");
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
    send(event.dataTransfer.files.length);
  });
}
