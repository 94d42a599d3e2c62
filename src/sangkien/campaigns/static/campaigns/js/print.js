// [data-print]: the browser's own print box; without script its menu does the same.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
