// [data-count-for="id"]: how many signs stand in the field with this id, as they are typed. The server wrote the first count.
const form = new Intl.NumberFormat("vi-VN");
const show = (place, field) => {
  const count = [...field.value.normalize("NFC")].length;
  place.querySelector("[data-count]").textContent = form.format(count);
  const most = Number(place.dataset.most);
  place.classList.toggle("is-near", Boolean(most) && count > most * 0.9 && count <= most);
  place.classList.toggle("is-over", Boolean(most) && count > most);
};
document.addEventListener("input", ({ target }) => {
  const place = target.id && document.querySelector(`[data-count-for="${target.id}"]`);
  if (place) show(place, target);
});
export const countAll = () => {
  for (const place of document.querySelectorAll("[data-count-for]")) {
    const field = document.getElementById(place.dataset.countFor);
    if (field) show(place, field);
  }
};
