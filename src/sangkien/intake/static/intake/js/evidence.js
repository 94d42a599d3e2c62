// [data-evidence]: files go up one by one as soon as they are picked, photos made small first; what a lost line stops goes again by itself.
import { shrink } from "./photo.js";
import { inTurn } from "./turn.js";

const AGAIN = 10_000;

for (const place of document.querySelectorAll("[data-evidence]")) watch(place);

function watch(place) {
  const form = place.closest("form");
  const picker = place.querySelector("input[type=file]");
  const caption = place.querySelector("[name=caption]");
  const notes = place.querySelector("[data-evidence-notes]");
  const waiting = [];
  let busy = false;

  const note = (name, sentence, lost) => {
    const line = document.createElement("p");
    line.className = lost ? "evidence-note is-lost" : "evidence-note";
    line.textContent = sentence.replace("{name}", name);
    notes.append(line);
    return line;
  };

  const next = async () => {
    if (busy || !waiting.length) return;
    busy = true;
    const item = waiting[0];
    item.line ??= note(item.file.name, place.dataset.sending);
    item.small ??= await shrink(item.file);
    const done = await inTurn(form, () => send(item));
    busy = false;
    if (!done) {
      item.line.className = "evidence-note is-lost";
      item.line.textContent = place.dataset.lost.replace("{name}", item.file.name);
      setTimeout(next, AGAIN);
      return;
    }
    waiting.shift();
    form.dataset.uploading = waiting.length;
    next();
  };

  const send = async (item) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("caption", item.caption);
    body.append("files", item.small, item.small.name);
    let answer;
    try {
      answer = await fetch(place.dataset.evidence, { method: "POST", body, redirect: "manual", headers: { "X-Draft": "auto" } });
    } catch {
      return false;
    }
    if (answer.status >= 500) return false;
    if (answer.ok) {
      const told = await answer.json();
      const version = form.elements.edit_version;
      if (Number(version.value) === told.was) version.value = told.edit_version; // only our file lies between
      place.querySelector("[data-evidence-list]").innerHTML = told.list;
      for (const gaps of document.querySelectorAll("[data-gaps]")) gaps.innerHTML = told.gaps;
      item.line.remove();
    } else {
      item.line.className = "evidence-note is-lost";
      item.line.textContent = answer.status === 422 ? (await answer.json()).sentence : place.dataset.refused.replace("{name}", item.file.name);
    }
    return true;
  };

  picker.addEventListener("change", () => {
    for (const line of notes.querySelectorAll(".is-lost")) if (!waiting.some((each) => each.line === line)) line.remove();
    for (const file of picker.files) waiting.push({ file, caption: caption.value });
    form.dataset.uploading = waiting.length;
    picker.value = "";
    caption.value = "";
    next();
  });
  addEventListener("online", next);
  addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
}
