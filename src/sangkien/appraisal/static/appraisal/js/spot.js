// [data-spot]: what is noted on a visit is first kept in this telephone, then sent; what a lost line stops goes again by itself, once.
import { shrink } from "../../intake/js/photo.js";

const AGAIN = 8_000;
const DATABASE = "sangkien-spot";
const STORE = "waiting";

for (const place of document.querySelectorAll("[data-spot]")) begin(place);

async function begin(place) {
  let store;
  try {
    store = await open();
  } catch {
    return; // nothing can be kept here: the forms go their plain way
  }
  document.documentElement.classList.add("keeps-spot");
  const { visit, owner } = place.dataset;
  const status = place.querySelector("[data-spot-status]");
  let busy = false;
  let lost = "";

  const mine = async () => (await all(store)).filter((each) => each.visit === visit && each.owner === owner);
  const say = async () => {
    const waiting = (await mine()).filter((each) => !each.refused);
    const words = waiting.length ? lost || place.dataset.waiting : place.dataset.all;
    status.textContent = words.replace("{n}", waiting.length);
    status.classList.toggle("is-waiting", waiting.length > 0);
  };

  const keep = async (item) => {
    try {
      await put(store, { ...item, visit, owner, noted_at: new Date().toISOString() });
    } catch {
      status.textContent = place.dataset.full;
      return false;
    }
    await say();
    send();
    return true;
  };

  const send = async () => {
    if (busy) return;
    busy = true;
    try {
      for (const item of await mine()) {
        if (item.refused) continue;
        const outcome = await sendOne(item);
        if (outcome !== "done") {
          lost = place.dataset[outcome];
          break;
        }
        lost = "";
      }
    } finally {
      busy = false;
    }
    await say();
    if ((await mine()).some((each) => !each.refused)) setTimeout(send, AGAIN);
  };

  const sendOne = async (item) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(item.fields)) body.append(name, value);
    body.append("noted_at", item.noted_at);
    body.append("csrfmiddlewaretoken", place.querySelector("[name=csrfmiddlewaretoken]").value);
    if (item.photo) body.append("photo", item.photo, item.photo_name);
    let answer;
    try {
      answer = await fetch(place.dataset.spot, { method: "POST", body, redirect: "manual", headers: { "X-Spot": "1" } });
    } catch {
      return "lost";
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return "door";
    if (answer.status >= 500) return "lost";
    const told = await answer.json();
    if (answer.ok) {
      await forget(store, item);
      sent(item, told);
      return "done";
    }
    await put(store, { ...item, refused: told.sentence }); // it stays here until a person throws it away
    refuse({ ...item, refused: told.sentence });
    return "done";
  };

  const sent = (item, told) => {
    const form = item.fields.check && place.querySelector(`[data-spot-check="${item.fields.check}"]`);
    if (form) {
      form.elements.edit_version.value = told.edit_version;
      form.querySelector("[data-spot-line]").textContent = told.beside ? place.dataset.beside : "✓";
    }
    for (const line of place.querySelectorAll(`[data-key="${item.id}"] [data-state]`)) line.textContent = "✓";
  };

  const refuse = (item) => {
    const line = document.createElement("li");
    line.append(`${item.refused} “${item.fields.text || item.fields.remark || item.photo_name || ""}” `);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain btn-s";
    button.textContent = place.dataset.drop;
    button.addEventListener("click", async () => {
      await remove(store, item.id);
      line.remove();
    });
    line.append(button);
    place.querySelector("[data-spot-refused]").append(line);
  };

  const show = (form, item) => {
    const line = document.createElement("li");
    line.dataset.key = item.id;
    if (item.photo) {
      const picture = document.createElement("img");
      picture.src = URL.createObjectURL(item.photo);
      picture.alt = item.fields.text || item.photo_name;
      picture.width = 160;
      picture.height = 120;
      line.append(picture);
    }
    const words = document.createElement("div");
    const state = document.createElement("span");
    state.className = "hint d-block";
    state.dataset.state = "";
    state.textContent = place.dataset.held;
    words.append(item.fields.text || "", state);
    line.append(words);
    form.previousElementSibling.append(line);
  };

  for (const form of place.querySelectorAll("[data-spot-check]")) {
    const line = form.querySelector("[data-spot-line]");
    const note = async () => {
      const chosen = form.querySelector("[name=finding]:checked");
      if (!chosen) return;
      line.textContent = place.dataset.held;
      const fields = {
        check: form.elements.check.value, finding: chosen.value, remark: form.elements.remark.value,
        edit_version: form.elements.edit_version.value, key: key(),
      };
      await keep({ id: `check:${fields.check}`, fields });
    };
    form.addEventListener("change", note);
    form.addEventListener("submit", (event) => { event.preventDefault(); note(); });
  }

  for (const form of place.querySelectorAll("[data-spot-note]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const file = form.elements.photo.files[0];
      const text = form.elements.text.value.trim();
      if (!file && !text) return form.elements.text.focus();
      const photo = file ? await shrink(file) : null;
      const id = key();
      const item = { id, fields: { entry: form.elements.entry.value, text, key: id }, photo, photo_name: photo?.name };
      if (!(await keep(item))) return;
      show(form, item);
      form.elements.text.value = "";
      form.elements.photo.value = "";
    });
  }

  for (const item of await mine()) restore(place, item, { show, refuse });
  await say();
  send();
  addEventListener("online", send);
}

// What waits from an earlier time stands on the page as it was typed.
function restore(place, item, { show, refuse }) {
  if (item.refused) return refuse(item);
  const { fields } = item;
  if (fields.check) {
    const form = place.querySelector(`[data-spot-check="${fields.check}"]`);
    if (!form) return;
    for (const choice of form.querySelectorAll("[name=finding]")) choice.checked = choice.value === fields.finding;
    form.elements.remark.value = fields.remark;
    form.querySelector("[data-spot-line]").textContent = place.dataset.held;
    return;
  }
  const form = [...place.querySelectorAll("[data-spot-note]")].find((each) => each.elements.entry.value === fields.entry);
  if (form) show(form, item);
}

// Works on a plain http address of an office network too, where crypto.randomUUID is missing.
function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function within(store, mode, act) {
  return new Promise((resolve, reject) => {
    const change = store.transaction(STORE, mode);
    const asked = act(change.objectStore(STORE));
    change.oncomplete = () => resolve(asked?.result);
    change.onerror = change.onabort = () => reject(change.error);
  });
}

const put = (store, item) => within(store, "readwrite", (rows) => rows.put(item));
const remove = (store, id) => within(store, "readwrite", (rows) => rows.delete(id));

async function all(store) {
  const rows = await within(store, "readonly", (each) => each.getAll());
  return rows.sort((one, other) => one.noted_at.localeCompare(other.noted_at));
}

// Only what was sent: an answer that was changed while it was on its way waits on.
async function forget(store, item) {
  const now = await within(store, "readonly", (rows) => rows.get(item.id));
  if (now && now.fields.key === item.fields.key) await remove(store, item.id);
}
