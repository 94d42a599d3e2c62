// [data-hand-over]: a form with file inputs sends itself as soon as files are chosen or dropped on the page.
// Works without: the form has a button then.
import { overPage } from "../../ui/js/over-page.js";

for (const form of document.querySelectorAll("[data-hand-over]")) {
  const say = form.querySelector("[data-hand-over-say]");
  const send = (count) => {
    if (!count) return;
    say.textContent = form.dataset.handOver.replace("{n}", count);
    form.requestSubmit();
  };
  form.addEventListener("change", (event) => send(event.target.files?.length));

  overPage(form, (dropped) => {
    form.querySelector("input[type=file]").files = dropped.files;
    send(dropped.files.length);
  });
}
