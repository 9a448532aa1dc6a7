/* The curators' desk: forms are kept while one types, the others see who is at a record, and filters offer names.
   Every page works without this file. */
"use strict";

const KEPT_DAYS = 30;
const BEAT = 60_000;
const script = document.querySelector("script[data-desk-user]");
const mine = `desk ${script.dataset.deskUser} `;
const isForm = document.body.matches(".change-form:not(.popup, .app-auth)");
const form = isForm ? document.querySelector("#content-main > form[id$=_form]") : null;

/* A browser may refuse to keep anything, or have no room. */
function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
function write(key, value) {
  try { value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key); } catch { /* no room */ }
}

/* What a person fills in: nothing hidden, no password, no file; of a list also the words of what is chosen. */
function fields() {
  return [...form.elements].filter((one) => one.name && !one.name.includes("__prefix__") &&
    !["hidden", "password", "file", "submit", "button", "reset"].includes(one.type) && one.type !== "fieldset" &&
    !["action", "select_across"].includes(one.name));
}
function state() {
  const found = {};
  for (const one of fields()) {
    if (one.type === "radio") { if (one.checked) found[one.name] = one.value; }
    else if (one.type === "checkbox") found[one.name] = one.checked;
    else if (one.tagName === "SELECT") found[one.name] = worded([...one.selectedOptions]);
    else found[one.name] = one.value;
  }
  return found;
}
/* As the server sent it, whatever the browser has filled in since. */
function sent() {
  const found = {};
  for (const one of fields()) {
    if (one.type === "radio") { if (one.defaultChecked) found[one.name] = one.value; }
    else if (one.type === "checkbox") found[one.name] = one.defaultChecked;
    else if (one.tagName === "SELECT") found[one.name] = worded(chosenAtFirst(one));
    else found[one.name] = one.defaultValue;
  }
  return found;
}
function chosenAtFirst(select) {
  const found = [...select.options].filter((option) => option.defaultSelected);
  return found.length || select.multiple ? found : [...select.options].slice(0, 1);
}
const worded = (options) => options.map((option) => [option.value, option.text]);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const blank = (value) => value === undefined || value === "" || value === false || same(value, []) || value[0]?.[0] === "";
function differing(from, now) {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) =>
    !same(value, from[name]) && !(blank(value) && blank(from[name]))));
}
function totals() {
  const inputs = form.querySelectorAll("input[name$='-TOTAL_FORMS']");
  return Object.fromEntries([...inputs].map((one) => [one.name, Number(one.value)]));
}
const version = () => form.elements.seen_version;

/* Rows are added as a person does, so that their fields come alive; then everything is filled in. */
function putBack(kept) {
  for (const [name, wanted] of Object.entries(kept.rows)) {
    const group = document.getElementById(`${name.replace("-TOTAL_FORMS", "")}-group`);
    for (let number = totals()[name]; number < wanted; number += 1) group?.querySelector(".add-row :is(a, button)")?.click();
  }
  for (const one of fields().filter((field) => field.name in kept.fields)) {
    const value = kept.fields[one.name];
    if (one.type === "radio") one.checked = one.value === value;
    else if (one.type === "checkbox") one.checked = value;
    else if (one.tagName === "SELECT") choose(one, value);
    else one.value = value;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (version() && kept.version) version().value = kept.version;
}
function choose(select, chosen) {
  const values = chosen.map(([value]) => value);
  for (const [value, text] of chosen) {
    if (![...select.options].some((option) => option.value === value)) select.add(new Option(text, value));
  }
  for (const option of select.options) option.selected = values.includes(option.value);
}

function offer(kept, putItBack, forget) {
  const box = document.createElement("div");
  const at = new Date(kept.at);
  const day = at.toDateString() === new Date().toDateString() ? "" : `${at.toLocaleDateString()}, `;
  const time = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const words = document.createElement("p");
  words.textContent = `You typed something here at ${day}${time} and did not save it.`;
  box.className = "desk-kept";
  box.setAttribute("role", "status");
  box.append(words, button("Put it back", putItBack), button("Forget it", forget));
  form.before(box);

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => { box.remove(); act(); });
    return made;
  }
}

function keepForm() {
  const key = mine + location.pathname;
  const isRefused = document.querySelector(".errornote") !== null;
  let kept = read(key);
  let waiting;
  const start = isRefused ? {} : sent(); // what a refused form holds is stored nowhere else
  const rows = totals();
  const seen = version()?.value;

  if (kept && !isRefused && Object.keys(differing(state(), kept.fields)).length) {
    offer(kept, () => { putBack(kept); keep(); }, () => { kept = null; write(key, null); });
  } else if (kept && !isRefused) {
    kept = null;
    write(key, null);
  }
  function keep() {
    clearTimeout(waiting);
    const changed = { ...(kept?.fields), ...differing(start, state()) };
    const more = totals();
    if (!Object.keys(changed).length && same(rows, more)) return write(key, null);
    for (const [name, number] of Object.entries(kept?.rows ?? {})) more[name] = Math.max(more[name] ?? 0, number);
    write(key, { at: Date.now(), version: kept?.version ?? seen, rows: more, fields: changed });
  }
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 300);
  }
  if (isRefused) keep();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  window.django?.jQuery(form).on("change", "select", soon); // the boxes over lists tell jQuery alone
  addEventListener("pagehide", () => { if (waiting) keep(); });
  form.addEventListener("submit", () => {
    keep();
    const now = read(key);
    if (now) write(key, { ...now, sent: true });
    waiting = undefined;
  });
}

/* A form that was sent is saved where the page that follows says so; after a lost session it says nothing. */
function settle() {
  const isSaved = document.querySelector(".messagelist .success") !== null;
  const says = document.querySelector(".messagelist") !== null;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("desk "))) {
    const kept = read(key);
    const isOld = !kept || Date.now() - kept.at > KEPT_DAYS * 86_400_000;
    const isElsewhere = key !== mine + location.pathname;
    if (isOld) write(key, null);
    else if (key.startsWith(mine) && kept.sent) {
      write(key, isSaved || (says && isElsewhere) ? null : { ...kept, sent: undefined });
    }
  }
}

/* Signs of life, only while somebody works: a page left alone lets go by itself. */
function beat(beside) {
  let isActive = false;
  for (const event of ["input", "keydown", "pointerdown", "scroll"]) {
    addEventListener(event, () => { isActive = true; }, { passive: true });
  }
  setInterval(async () => {
    if (!isActive) return;
    isActive = false;
    const { name, value } = document.querySelector("input[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(beside.dataset.here, { method: "POST", body: new URLSearchParams({ [name]: value }) });
      if (answer.redirected) tellSignedOut(beside);
      else if (answer.ok) document.getElementById("desk-others").innerHTML = await answer.text();
    } catch { /* the next one may arrive */ }
  }, BEAT);
}
function tellSignedOut(beside) {
  const words = document.createElement("p");
  const way = document.createElement("a");
  way.href = location.href;
  way.textContent = "Sign in again";
  words.append("You are signed out. What you typed is kept in this browser. ", way, ", and it is offered to you.");
  document.getElementById("desk-others").replaceChildren(words);
}

/* Names offered while one types into a filter. */
function suggest(input) {
  const [model, field] = input.dataset.suggest.split(" ");
  const list = document.createElement("datalist");
  list.id = `suggested-${field}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = new URLSearchParams({ app_label: "claims", model_name: model, field_name: field, term: input.value });
      const answer = await fetch(`${input.dataset.ask}?${asked}`);
      if (!answer.ok || answer.redirected) return;
      const { results } = await answer.json();
      list.replaceChildren(...results.map(({ text }) => new Option("", text)));
    }, 200);
  });
}

settle();
if (form) keepForm();
const beside = document.getElementById("desk-beside");
if (beside) beat(beside);
document.querySelectorAll("input[data-suggest]").forEach(suggest);
