// [data-sums]: the numbers in [data-summand] boxes added in [data-sum] while they are typed. The server adds again.
for (const form of document.querySelectorAll("[data-sums]")) {
  form.addEventListener("input", () => {
    const typed = [...form.querySelectorAll("[data-summand] input")].map((box) => Number(box.value.trim().replace(",", ".")));
    const total = typed.reduce((sum, each) => sum + (Number.isFinite(each) ? each : 0), 0);
    form.querySelector("[data-sum]").textContent = total.toLocaleString("vi", { maximumFractionDigits: 4, useGrouping: false });
  });
}
