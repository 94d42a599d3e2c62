// [data-forget-drafts]: who leaves this machine leaves no text behind in its browser; with a uid: of this draft only.
for (const form of document.querySelectorAll("[data-forget-drafts]")) {
  form.addEventListener("submit", () => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`sangkien:draft:${form.dataset.forgetDrafts}`)) localStorage.removeItem(key);
    } catch { /* storage may be forbidden; then nothing was kept */ }
  });
}
