/* Courtesies around htmx swaps. Every page works without this file. */
"use strict";

const unfolded = new Set();
const typed = new Map();

/* A <details> that was open stays open when the server sends it anew. */
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded.clear();
  for (const details of event.detail.target.querySelectorAll("details[id][open]")) unfolded.add(details.id);
});

/* What is typed while an answer is on its way stays, too. */
document.addEventListener("htmx:beforeSwap", (event) => {
  typed.clear();
  const { elt, formData } = event.detail.requestConfig;
  if (!elt.matches("form")) return;
  for (const input of elt.querySelectorAll("input[id]:not([type=checkbox])")) {
    if (!formData.getAll(input.name).includes(input.value)) typed.set(input.id, input.value);
  }
});

/* At once, not only when all has settled: the next key may be Enter. */
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of typed) {
    const input = document.getElementById(id);
    if (input) input.value = value;
  }
});

/* Where a facet has many further values they can be narrowed by typing, whenever the page or a part of it is sent. */
document.addEventListener("htmx:load", (event) => {
  for (const details of event.target.querySelectorAll(".facet > details:has(li:nth-child(6))")) {
    if (!details.querySelector(".facet-find")) offerFind(details);
  }
});

/* Links within pictures are none that htmx boosts: it is told here that a column is a way on like all the others. */
document.addEventListener("click", async (event) => {
  const column = event.target.closest(".hist:not(.hist-flags) a");
  if (!column || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  await htmx.ajax("get", column.getAttribute("href"), { source: column.closest(".hist-of") });
  document.querySelector(".hist .is-on")?.focus();
});

/* Days that scroll begin with the first that is asked for. */
document.addEventListener("htmx:load", (event) => {
  const days = event.target.querySelector(".per-day");
  const first = days?.querySelector(".is-on");
  if (first) days.scrollLeft = first.getBoundingClientRect().left - days.getBoundingClientRect().left;
});

/* What was ticked stays where it is on the screen, though facets change their order and the page its length. */
let held = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { id } = document.activeElement;
  const within = id && event.detail.target.contains(document.activeElement);
  held = within ? { id, top: document.activeElement.getBoundingClientRect().top } : null;
});
function keepInPlace() {
  const control = held && document.getElementById(held.id);
  control?.focus({ preventScroll: true });
  if (control) window.scrollBy({ top: control.getBoundingClientRect().top - held.top, behavior: "instant" });
  held = null;
}

/* On a small screen the button below the facets leads to what they have found. */
let shows = false;
document.addEventListener("click", (event) => {
  if (!event.target.closest(".to-results")) return;
  event.target.closest("details").open = false;
  shows = true;
});
document.addEventListener("htmx:afterSettle", () => {
  const results = shows && document.getElementById("results");
  shows = false;
  if (!results) return;
  results.focus({ preventScroll: true });
  results.scrollIntoView();
});

/* A calendar beside each field for a day, which may also hold a month, a year or words: it writes a day into it. */
document.addEventListener("htmx:load", (event) => {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  for (const field of event.target.querySelectorAll("input[data-day]")) {
    if (!field.closest(".day")) offerCalendar(field);
  }
});

function offerCalendar(field) {
  const label = document.querySelector(`label[for="${field.id}"]`).textContent;
  const [box, button, native] = ["span", "button", "input"].map((name) => document.createElement(name));
  box.className = "day";
  Object.assign(button, { type: "button", className: "day-pick", ariaLabel: `Choose a day: ${label}` });
  button.innerHTML = '<svg width="14" height="14" aria-hidden="true"><use href="#i-day"/></svg>';
  Object.assign(native, { type: "date", tabIndex: -1, ariaHidden: "true" });
  button.addEventListener("click", () => {
    native.value = /^\d{4}-\d\d-\d\d$/.test(field.value) ? field.value : "";
    native.showPicker();
  });
  native.addEventListener("change", (event) => {
    event.stopPropagation(); // it has no name: only the field is a part of the form
    field.value = native.value;
    field.focus();
  });
  field.before(box);
  box.append(field, button, native);
}

function offerFind(details) {
  const box = document.createElement("input");
  const title = details.parentElement.querySelector("legend").textContent;
  Object.assign(box, { type: "search", className: "facet-find", id: `find-${details.id}`, autocomplete: "off" });
  Object.assign(box, { ariaLabel: `Find in ${title}`, placeholder: `Find in ${title}`, value: typed.get(box.id) || "" });
  box.addEventListener("input", () => say(narrow(details, box.value)));
  box.addEventListener("change", (event) => event.stopPropagation()); // it is no part of the filter
  box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  details.querySelector("ul").before(box);
  narrow(details, box.value);
}

/* Hides the values in which the words do not stand, and says how many are left. */
function narrow(details, words) {
  const rows = [...details.querySelectorAll("li")];
  for (const row of rows) row.hidden = !plain(row.querySelector(".facet-label").textContent).includes(plain(words.trim()));
  return `${rows.filter((row) => !row.hidden).length} of ${rows.length} values`;
}

/* Without accents and capitals, which are not always at hand. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function say(words) {
  document.getElementById("status").textContent = words.trim().replace(/\s+/g, " ");
}

document.addEventListener("htmx:afterSettle", (event) => {
  typed.clear();
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  keepInPlace();

  /* Say the new count to those who cannot see it. */
  const count = document.querySelector("[data-announce]");
  if (count) say(count.textContent);

  /* Where what had the focus is gone, go on from what replaced it. */
  if (document.activeElement === document.body) {
    const target = event.detail.elt.isConnected ? event.detail.elt : document.getElementById("main");
    target.focus();
  }
});
