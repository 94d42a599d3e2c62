// Light, dark, or as the machine says. Loaded in <head> without defer, so that the page never flashes.
// Also tells the style sheet that scripts run.
const dark = matchMedia("(prefers-color-scheme: dark)");
const kept = () => {
  try { return localStorage.getItem("theme"); } catch { return null; } // storage may be forbidden
};
const show = () => {
  document.documentElement.dataset.bsTheme = kept() ?? (dark.matches ? "dark" : "light");
};
document.documentElement.classList.add("has-script");
show();
dark.addEventListener("change", show);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-switch]")) return;
  const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
  document.documentElement.dataset.bsTheme = next;
  try { localStorage.setItem("theme", next); } catch { /* the choice then lasts until the page is left */ }
});
