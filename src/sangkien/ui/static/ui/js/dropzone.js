// [data-drop]: a form with file inputs takes dropped files and folders and sends them one request a file, two at a time.
// Every answer is a list of items for [data-drop-into]; when all are read, the page is loaded anew. Works without: the form sends itself.
import { overPage } from "./over-page.js";

const AT_ONCE = 2;
const LARGEST = 30 * 1024 * 1024;
const LARGEST_ARCHIVE = 10 * LARGEST;

for (const form of document.querySelectorAll("[data-drop]")) {
  const now = form.nextElementSibling;
  const part = (name) => now.querySelector(`[data-drop-${name}]`);
  const state = { batch: 0, given: 0, waiting: [], total: 0, done: 0, busy: 0, stopped: false, leaving: new Set() };

  const show = () => {
    const n = Math.min(state.done + 1, state.total);
    part("say").textContent = form.dataset.dropReading.replace("{n}", n).replace("{m}", state.total);
    part("hint").textContent = form.dataset.dropLeft;
    part("bar").max = state.total;
    part("bar").value = state.done;
    if (now.hidden) { // files may be dropped where this part of the page is out of sight
      now.hidden = false;
      now.scrollIntoView({ block: "nearest" });
    }
  };

  const put = (html) => {
    const into = document.querySelector("[data-drop-into]");
    into?.insertAdjacentHTML("afterbegin", html);
  };

  const refuse = (name, sentence) => {
    const row = document.createElement("li");
    const box = document.createElement("div");
    const title = Object.assign(document.createElement("span"), { className: "name", textContent: name });
    const why = Object.assign(document.createElement("span"), { className: "second", textContent: sentence });
    box.append(title, document.createElement("br"), why);
    row.append(document.createElement("i"), box);
    document.querySelector("[data-drop-into]")?.prepend(row);
    state.lost = true;
  };

  const send = async ({ file, name, place }) => {
    if (file.size > (/\.zip$/i.test(name) ? LARGEST_ARCHIVE : LARGEST)) return refuse(name, form.dataset.dropLarge);
    const body = new FormData(form);
    for (const key of [...body.keys()]) if (body.get(key) instanceof File) body.delete(key);
    body.append("files", file, file.name);
    body.append("name", name);
    body.append("place", place);
    const leave = new AbortController();
    state.leaving.add(leave);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Drop": "one" }, signal: leave.signal });
      if (answer.ok) await hear(answer, leave);
      else refuse(name, answer.status === 403 ? form.dataset.dropOld : form.dataset.dropLost);
    } catch (error) {
      if (error.name !== "AbortError") refuse(name, form.dataset.dropLost);
    }
    state.leaving.delete(leave);
  };

  // The answer comes line by line: first how many files there are (an archive holds many), then each as it is read.
  const hear = async (answer, leave) => {
    const stream = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    let told = 0;
    for (;;) {
      const { value, done } = await stream.read();
      if (done) break;
      const lines = (text + value).split("\n");
      text = lines.pop();
      for (const line of lines) {
        const count = line.match(/^<template data-files="(\d+)">/)?.[1];
        if (count) state.total += Math.max(0, count - 1);
        else {
          put(line);
          if (told > 0) state.done += 1; // the first one is counted by the one who sent it
          told += 1;
        }
        leave.many ||= count > 1;
        if (state.stopped && leave.many) leave.abort(); // stop was pressed before the archive said what it holds
        show();
      }
    }
  };

  const next = async () => {
    if (state.busy >= (state.done ? AT_ONCE : 1)) return; // the answer to the first one brings the cookie of all
    const item = state.stopped ? undefined : state.waiting.shift();
    if (!item) {
      if (state.busy === 0 && state.total) finish();
      return;
    }
    state.busy += 1;
    show();
    await send(item);
    state.busy -= 1;
    state.done += 1;
    show();
    for (let i = 0; i < AT_ONCE; i += 1) next();
  };

  const finish = () => {
    state.total = 0;
    removeEventListener("beforeunload", keep);
    if (!state.lost) return location.reload();
    part("say").textContent = form.dataset.dropSome; // stay, so that what was not taken can be read
    part("hint").textContent = "";
    part("stop").textContent = form.dataset.dropRest;
  };

  const keep = (event) => event.preventDefault(); // leaving now would leave files unread

  const take = (files) => {
    if (!files.length) return;
    addEventListener("beforeunload", keep);
    if (!state.busy) Object.assign(state, { batch: Date.now(), given: 0, total: 0, done: 0, stopped: false });
    const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, "vi", { numeric: true }));
    for (const { file, name } of sorted) {
      const place = `${state.batch}-${String(state.given).padStart(5, "0")}`;
      state.waiting.push({ file, name, place });
      state.given += 1;
      state.total += 1;
    }
    for (let i = 0; i < AT_ONCE; i += 1) next();
  };

  const named = (file) => ({ file, name: file.webkitRelativePath || file.name });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    take([...event.target.files].map(named));
    event.target.value = "";
  });
  part("stop").addEventListener("click", () => {
    if (!state.total) return location.reload();
    state.stopped = true;
    state.waiting = [];
    for (const leave of state.leaving) if (leave.many) leave.abort(); // one file is finished, an archive is left
    part("say").textContent = form.dataset.dropStopped;
  });

  overPage(form, async (dropped) => {
    const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    take(entries.length ? (await Promise.all(entries.map(walk))).flat() : [...dropped.files].map(named));
  });
}

// A dropped folder gives its files, whatever the depth; the name keeps the path inside it.
async function walk(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, name: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map(walk))).flat();
}
