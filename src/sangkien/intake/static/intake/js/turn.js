// What a form sends goes one after another, so that no answer overtakes another.
const last = new WeakMap();
export const inTurn = (form, task) => {
  const mine = (last.get(form) ?? Promise.resolve()).then(task);
  last.set(form, mine.catch(() => {}));
  return mine;
};
