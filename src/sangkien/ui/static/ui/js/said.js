// A message that came with an htmx answer (header HX-Trigger: said) stands in #said, as it would after a whole page.
const ICONS = { done: "check-circle", now: "hourglass-split", due: "exclamation-triangle", late: "exclamation-circle" };
document.addEventListener("said", ({ detail }) => {
  const place = document.getElementById("said");
  if (!place) return;
  const note = document.createElement("div");
  note.className = `note is-${detail.tone} mb-4`;
  const mark = document.querySelector(".bi use")?.href.baseVal.split("#")[0];
  const icon = document.createElement("i");
  icon.className = "bi";
  icon.ariaHidden = "true";
  if (mark) icon.innerHTML = `<svg><use href="${mark}#${ICONS[detail.tone] ?? "info-circle"}"/></svg>`;
  const fact = Object.assign(document.createElement("b"), { textContent: detail.fact });
  const text = document.createElement("div");
  text.append(fact, ` ${detail.advice}`);
  note.append(icon, text);
  place.replaceChildren(note);
});
