// [data-lines]: rows of a small table; [data-add] puts one more below, made from the <template> inside. A row left empty does not count.
export const addLine = (lines) => {
  const made = lines.querySelector("template").content.cloneNode(true);
  const number = lines.querySelectorAll("[data-line]").length;
  for (const part of made.querySelectorAll("*")) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes("__n__")) part.setAttribute(name, value.replaceAll("__n__", number));
    }
  }
  for (const place of made.querySelectorAll("[data-line-number]")) place.textContent = number + 1;
  lines.querySelector("[data-line-end]").before(made);
  return [...lines.querySelectorAll("[data-line]")].at(-1);
};
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-add]");
  if (button) addLine(button.closest("[data-lines]")).querySelector("input, textarea").focus();
});
