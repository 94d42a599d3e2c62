// [data-draft="uid"]: a form that saves itself. What is typed first stands in this browser, under the draft and the version
// on which it was typed; it goes from there only when the server has answered that it holds it. Works without: the form sends itself.
import { addLine } from "./lines.js";
import { countAll } from "./counter.js";
import { inTurn } from "./turn.js";

const REST = 1_200; // after the last key
const AGAIN = 10_000; // while the line is lost
const SOON = 250;

for (const form of document.querySelectorAll("[data-draft]")) keep(form);

function keep(form) {
  const said = document.getElementById("saved");
  const version = form.elements.edit_version;
  const prefix = `sangkien:draft:${form.dataset.draft}:`;
  let sending = null; // what went out and has no answer yet; it is sent again as it was
  let busy = false;
  let stopped = false;
  let timer = 0;
  let keeping = 0;
  let saved = pairs(form);
  let wrong = false;

  const say = (sentence, lost = false) => {
    said.textContent = sentence;
    said.classList.toggle("is-lost", lost);
  };
  const changed = () => JSON.stringify(pairs(form)) !== JSON.stringify(saved);
  const store = () => {
    try { localStorage.setItem(prefix + version.value, JSON.stringify({ at: Date.now(), pairs: pairs(form) })); } catch { /* full or forbidden: the page itself still holds it */ }
  };
  const later = (rest) => {
    clearTimeout(timer);
    timer = setTimeout(send, rest);
  };

  async function send() {
    if (busy || stopped) return;
    if (!sending && !changed()) return;
    busy = true;
    const answer = await inTurn(form, () => {
      sending ??= pairs(form);
      return ask(form, sending, version.value);
    });
    busy = false;
    heard(answer);
  }

  function heard(answer) {
    if (answer.kind === "other" && form.dataset.uploading > 0) return later(AGAIN); // a file of ours may have come in between
    if (answer.kind === "lost") {
      say(form.dataset.lost, true);
      document.documentElement.classList.add("is-offline");
      return later(AGAIN);
    }
    document.documentElement.classList.remove("is-offline");
    if (answer.kind !== "saved") {
      stopped = true;
      if (answer.kind === "other") document.querySelector("[data-other]").hidden = false;
      return say(answer.sentence ?? form.dataset[answer.kind] ?? form.dataset.refused, true);
    }
    saved = sending;
    forgetAll(prefix);
    sending = null;
    version.value = answer.body.edit_version;
    wrong = Object.keys(answer.body.wrong).length > 0;
    show(answer.body);
    if (changed()) {
      store();
      later(SOON);
    } else if (wrong) store(); // what the server could not take stands only here
    form.dispatchEvent(new CustomEvent("draft:saved"));
  }

  function show(body) {
    say(body.sentence);
    for (const place of document.querySelectorAll("[data-gaps]")) place.innerHTML = body.gaps;
    for (const old of form.querySelectorAll("[data-wrong]")) {
      document.getElementById(old.dataset.wrong)?.removeAttribute("aria-invalid");
      old.remove();
    }
    for (const [id, sentence] of Object.entries(body.wrong)) {
      const control = document.getElementById(id);
      if (!control) continue;
      const box = Object.assign(document.createElement("div"), { className: "wrong", textContent: sentence });
      box.dataset.wrong = id;
      box.role = "alert";
      control.setAttribute("aria-invalid", "true");
      control.before(box);
    }
  }

  form.addEventListener("input", () => {
    if (stopped) return store();
    if (!said.classList.contains("is-lost")) say(form.dataset.typing);
    clearTimeout(keeping);
    keeping = setTimeout(store, SOON);
    later(REST);
  });
  form.addEventListener("submit", () => store()); // the page that comes next finds it when the line breaks now
  addEventListener("online", () => later(0));
  addEventListener("offline", () => { if (changed()) say(form.dataset.lost, true); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !changed()) return;
    store();
    send();
  });

  // A link that leads on from here waits until all is saved.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-after-saving]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!changed() && !sending) return;
    event.preventDefault();
    clearTimeout(timer);
    const go = () => { if (!changed() && !stopped) location.href = link.href; };
    form.addEventListener("draft:saved", go, { once: true });
    await send();
  });

  const left = newest(prefix);
  if (left && JSON.stringify(left.pairs) !== JSON.stringify(saved)) {
    if (left.pairs.some(([name]) => name in form.elements)) {
      fill(form, left.pairs);
      version.value = left.version; // another may have saved meanwhile: then the server asks which text stays
      countAll();
      say(form.dataset.back);
      later(SOON);
    }
  } else forgetAll(prefix);
}

/** Name and text of every control, in the order of the page. Files go their own way. */
function pairs(form) {
  const left = ["csrfmiddlewaretoken", "edit_version", "caption"];
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !left.includes(name));
}

async function ask(form, told, version) {
  const body = new URLSearchParams([...told, ["edit_version", version], ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]);
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Draft": "auto" }, keepalive: String(body).length < 60_000 });
    if (answer.ok) return { kind: "saved", body: await answer.json() };
    if (answer.status === 409) return { kind: "other" };
    if (answer.type === "opaqueredirect" || answer.status === 403) return { kind: "out" };
    if (answer.status === 422) return { kind: "refused", sentence: (await answer.json()).sentence };
    return { kind: answer.status >= 500 ? "lost" : "refused" };
  } catch {
    return { kind: "lost" };
  }
}

function newest(prefix) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) found.push({ version: key.slice(prefix.length), ...JSON.parse(localStorage.getItem(key)) });
    }
  } catch { /* forbidden, or not ours */ }
  return found.sort((a, b) => b.at - a.at)[0];
}

function forgetAll(prefix) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch { /* forbidden */ }
}

function fill(form, told) {
  const texts = new Map();
  for (const [name, value] of told) texts.set(name, [...(texts.get(name) ?? []), value]);
  for (const lines of form.querySelectorAll("[data-lines]")) {
    const name = lines.dataset.lines;
    while (lines.querySelectorAll(`[name="${name}"]`).length < (texts.get(name)?.length ?? 0)) addLine(lines);
  }
  const places = new Map();
  for (const control of form.elements) {
    if (!control.name || ["csrfmiddlewaretoken", "edit_version", "caption"].includes(control.name) || control.type === "file") continue;
    const values = texts.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (values.length) {
      const place = places.get(control.name) ?? 0;
      places.set(control.name, place + 1);
      control.value = values[place] ?? "";
    }
  }
}
