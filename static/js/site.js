/* Courtesies around htmx swaps. Every page works without this file. */
"use strict";

const typed = new Map();

/* What is typed while an answer is on its way stays, and so do the words by which a facet is narrowed. */
document.addEventListener("htmx:beforeSwap", (event) => {
  typed.clear();
  const { elt, formData } = event.detail.requestConfig;
  if (!elt.matches("form")) return;
  for (const input of elt.querySelectorAll("input[id]:not([type=checkbox])")) {
    if (!formData.getAll(input.name).includes(input.value)) typed.set(input.id, input.value);
  }
});

/* The answer gets what this script adds to a page before it is compared with what is shown. */
htmx.defineExtension("renew", {
  handleSwap(style, target, fragment) {
    const fresh = style === "renew" && fragment.firstElementChild;
    if (!fresh) return false;
    furnish(fresh);
    for (const [id, value] of typed) {
      const input = fresh.querySelector(`#${CSS.escape(id)}`);
      if (input) input.value = value;
    }
    renewSeenFirst(target, fresh);
    showFirstDay(target);
    return [...target.querySelectorAll("[hx-boost]")]; // where htmx has to look for links that are new
  },
});

/* A <details> that is open stays open when the way back leads to a page that is sent anew. */
let unfolded = [];
document.addEventListener("htmx:historyCacheMissLoad", () => {
  unfolded = [...document.querySelectorAll("details[id][open]")].map((details) => details.id);
});
document.addEventListener("htmx:historyRestore", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
});

/* Where a facet has many further values they can be narrowed by typing; a field for a day, which may also hold a month,
   a year or words, has a calendar beside it that writes a day into it. */
function furnish(root) {
  for (const details of root.querySelectorAll(".facet > details:has(li:nth-child(6))")) {
    if (!details.querySelector(".facet-find")) offerFind(details);
  }
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  for (const field of root.querySelectorAll("input[data-day]")) {
    if (!field.closest(".day")) offerCalendar(field, root);
  }
}
document.addEventListener("htmx:load", (event) => {
  furnish(event.target);
  showFirstDay(event.target);
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
function showFirstDay(root) {
  const days = root.querySelector(".per-day");
  const first = days?.querySelector(".is-on");
  if (first) days.scrollLeft = first.getBoundingClientRect().left - days.getBoundingClientRect().left;
}

/* What was ticked stays where it is on the screen, though facets change their order and the page its length. */
let held = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { id } = document.activeElement;
  const within = id && event.detail.target.contains(document.activeElement);
  held = within ? { id, top: document.activeElement.getBoundingClientRect().top } : null;
});
function keepInPlace() {
  const control = held && document.getElementById(held.id);
  if (control && control !== document.activeElement) control.focus({ preventScroll: true });
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

function offerCalendar(field, root) {
  const label = root.querySelector(`label[for="${field.id}"]`).textContent;
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
  if (box.value) narrow(details, box.value);
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
