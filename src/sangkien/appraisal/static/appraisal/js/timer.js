// [data-until]: minutes and seconds that are left, reckoned by the server's clock ([data-now]); over time counts up.
let behind = null; // how far this machine's clock lies behind the server's

const tick = () => {
  for (const place of document.querySelectorAll("[data-until]")) {
    if (behind === null) behind = Date.parse(place.dataset.now) - Date.now();
    const left = Math.round((Date.parse(place.dataset.until) - Date.now() - behind) / 1000);
    const whole = Math.abs(left);
    const clock = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    place.textContent = (left < 0 ? place.dataset.over : place.dataset.left).replace("{clock}", clock);
    place.classList.toggle("is-over", left < 0);
  }
};
tick();
setInterval(tick, 1000);
