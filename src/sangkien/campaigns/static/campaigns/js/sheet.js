// A score sheet while it is filled: the total, what is left, the band of a number. The server reckons again.
// [data-sheet] holds [data-criterion] with data-weight; [data-total] and [data-left] show (data-done, data-rest: words).
const number = (text) => (/^\d{1,5}([.,]\d{1,4})?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : null);

function markOf(criterion) {
  const box = criterion.querySelector("input.mark") ?? criterion.querySelector("input[name^=mark-]:checked");
  return box ? number(box.value) : null;
}

function bandOf(criterion) {
  const mark = markOf(criterion);
  for (const band of criterion.querySelectorAll("input[name^=band-]")) {
    if (mark !== null && number(band.dataset.low) <= mark && mark <= number(band.dataset.high)) band.checked = true;
  }
}

function shown(sheet) {
  const criteria = [...sheet.querySelectorAll("[data-criterion]")];
  const marks = criteria.map(markOf);
  const total = criteria.reduce((sum, each, place) => sum + Number(each.dataset.weight) * (marks[place] ?? 0), 0);
  const left = marks.filter((mark) => mark === null).length;
  for (const place of sheet.querySelectorAll("[data-total]")) {
    place.textContent = total.toLocaleString("vi", { maximumFractionDigits: 4, useGrouping: false });
  }
  for (const place of sheet.querySelectorAll("[data-left]")) {
    place.textContent = left ? place.dataset.rest.replace("{n}", left) : place.dataset.done;
  }
}

document.addEventListener("input", ({ target }) => {
  const sheet = target.closest?.("[data-sheet]");
  if (!sheet) return;
  const criterion = target.closest("[data-criterion]");
  if (target.matches("input.mark")) bandOf(criterion);
  if (target.matches("input[name^=band-]")) {
    const box = criterion.querySelector("input.mark");
    const mark = number(box.value);
    const isOut = mark === null || mark < number(target.dataset.low) || mark > number(target.dataset.high);
    if (isOut) box.value = "";
    box.focus();
  }
  shown(sheet);
});
