// [data-sheet]: Ctrl+Enter presses [data-hand-in]; what is saving itself just now is waited for, so that no version is lost.
import { inTurn } from "../../intake/js/turn.js";

for (const form of document.querySelectorAll("[data-sheet]")) {
  const button = form.querySelector("[data-hand-in]");
  if (!button) continue;
  let isWaited = false;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(button);
  });

  form.addEventListener("submit", async (event) => {
    if (isWaited) return;
    event.preventDefault();
    const { submitter } = event;
    await inTurn(form, async () => {});
    await new Promise((done) => setTimeout(done)); // the answer has been heard then, and the version is the new one
    isWaited = true;
    form.requestSubmit(submitter ?? button);
    setTimeout(() => { isWaited = false; }, 3_000); // a page that did not come may be asked for again
  });
}
