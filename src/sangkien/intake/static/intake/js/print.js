// [data-print]: the browser's own print, for who does not look for it in a menu.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
