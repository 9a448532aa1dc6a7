/* The reading desk: words selected in the text become a passage, and keys lead to everything. Without this file the
   words are pasted, and the server finds them. */
"use strict";

const text = document.getElementById("text");
const form = document.getElementById("reading-form");
const $ = django.jQuery;
const status = document.getElementById("place");

/* Offsets count code points of the text; what bears data-aside is none of it. */

const points = (words) => Array.from(words).length;
const isAside = (node) => node.parentElement.closest("[data-aside]");

function* letters(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!isAside(walker.currentNode)) yield walker.currentNode;
}

function plain(block) {
  return Array.from(letters(block), (node) => node.data).join("");
}

/* How much of a block lies before a place in it, in UTF-16. */
function reach(block, container, offset) {
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(container, offset);
  let size = 0;
  for (const node of letters(block)) {
    if (node === before.endContainer) return size + before.endOffset;
    if (!before.intersectsNode(node)) break;
    size += node.data.length;
  }
  return size;
}

function rangeIn(block, from, to) {
  const range = document.createRange();
  range.selectNodeContents(block);
  let size = 0;
  for (const node of letters(block)) {
    const next = size + node.data.length;
    if (size <= from && from <= next) range.setStart(node, from - size);
    if (size < to && to <= next) range.setEnd(node, to - size);
    size = next;
  }
  return range;
}

function offset(block, container, at) {
  return Number(block.dataset.start) + points(plain(block).slice(0, reach(block, container, at)));
}

/* Where a selection lies in the text: [start, end], or null. */
function placeOf(range) {
  const blocks = Array.from(text.querySelectorAll("[data-start]")).filter((block) => range.intersectsNode(block));
  if (range.collapsed || !blocks.length) return null;
  const [first, last] = [blocks[0], blocks[blocks.length - 1]];
  const start = first.contains(range.startContainer) ? offset(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
  const end = last.contains(range.endContainer) ? offset(last, range.endContainer, range.endOffset) : Number(last.dataset.start) + points(plain(last));
  return start < end ? [start, end] : null;
}

/* The passage that is chosen stays marked while the form has the focus. */
function keepMarked(range) {
  if (window.Highlight) CSS.highlights.set("quote", new Highlight(range));
}

/* What the server tells of a place fills the form. */

let asked = 0;
async function quote() {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  const place = range && placeOf(range);
  if (!place) return;
  const turn = ++asked;
  const query = new URLSearchParams({ snapshot: form.elements.snapshot.value, start: place[0], end: place[1] });
  const answer = await fetch(`${form.dataset.place}?${query}`, { headers: { Accept: "application/json" } });
  if (turn !== asked) return;
  const found = answer.headers.get("Content-Type").startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) return tell(found.error || "The desk did not answer. Sign in again in another window.", true);
  keepMarked(range);
  for (const [name, value] of Object.entries(found.values)) form.elements[name].value = value;
  document.getElementById("locator").textContent = found.values["citations-0-locator"];
  for (const field of form.querySelectorAll(".desk-field")) propose(field, found.proposals[field.dataset.name]);
  document.getElementById("voice").open = Boolean(found.proposals["steps-0-actor"]);
  tell(`Taken: ${found.values["citations-0-locator"]}. ${Object.keys(found.proposals).length} proposals.`, false);
  changed();
}

function tell(words, isWrong) {
  status.className = isWrong ? "errornote" : "";
  status.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
}

function control(field) {
  return field.querySelector("select, textarea, input:not([type=hidden], [type=checkbox])");
}

/* A field that somebody has filled or confirmed keeps what it has; a proposal gives way to the next one. */
function propose(field, proposal) {
  const input = control(field);
  if (field.dataset.name.startsWith("citations-") || field.dataset.mine) return;
  if (!proposal && !field.classList.contains("is-proposed")) return;
  fill(input, proposal || { value: "", labels: [] });
  mark(field, proposal);
}

function fill(input, { value, labels }) {
  if (!input.matches(".admin-autocomplete")) {
    input.value = value;
    return;
  }
  const chosen = value ? value.split(",") : [];
  const options = chosen.map((key, at) => new Option(labels[at], key, true, true));
  input.replaceChildren(...(input.multiple ? [] : [new Option("", "")]), ...options);
  $(input).trigger("change.select2");
}

function mark(field, proposal) {
  field.classList.toggle("is-proposed", Boolean(proposal));
  field.querySelector(".desk-confirm").hidden = field.querySelector(".desk-why").hidden = !proposal;
  field.querySelector(".desk-confirm input").checked = false;
  field.querySelector("input[name=proposed]").value = proposal ? `${field.dataset.name}=${proposal.value}` : "";
  if (proposal) field.querySelector(".desk-why span").textContent = proposal.why;
}

function confirmField(field) {
  field.dataset.mine = "1";
  mark(field, null);
}

function changed() {
  form.dispatchEvent(new Event("reading:changed"));
}

/* jQuery hears what its own select boxes tell, and what browsers tell; what the admin tells when it starts is nothing. */
function listen() {
  $(form).on("input change", (event) => {
    const field = event.target.closest(".desk-field");
    if (!field) return;
    confirmField(field);
    if (event.target.matches("input[name=confirmed]")) control(field).focus();
    else changed();
  });
  for (const field of form.querySelectorAll(".desk-field:not(.is-proposed)")) {
    if (control(field).value && !field.dataset.name.startsWith("citations-")) field.dataset.mine = "1";
  }
}
$(listen);

/* The boxes that choose actors and issues have no names of their own. */
$(() => {
  for (const box of form.querySelectorAll(".select2-container")) {
    const label = box.closest(".desk-field").querySelector("label").textContent.trim();
    for (const part of box.querySelectorAll("[role]")) part.setAttribute("aria-label", label);
  }
});

text.addEventListener("mouseup", () => setTimeout(quote));
text.addEventListener("touchend", () => setTimeout(quote, 300));

/* The keyboard in the text: sentences, words, and Enter. */

/* The sentences of a block as the server tells them, in UTF-16. */
function sentencesOf(block) {
  const words = plain(block);
  const signs = Array.from(words);
  const starts = block.dataset.sentences.split(" ").map((at) => signs.slice(0, at).join("").length);
  return starts
    .map((from, at) => ({ from, to: from + words.slice(from, starts[at + 1]).trimEnd().length }))
    .filter(({ from, to }) => from < to);
}

function wordsOf(block) {
  const cut = new Intl.Segmenter(text.lang || "en", { granularity: "word" }).segment(plain(block));
  return Array.from(cut)
    .filter((one) => one.isWordLike)
    .map((one) => ({ from: one.index, to: one.index + one.segment.length }));
}

let caret = null; // the block, and from where to where in it

function blockNear(step) {
  const blocks = Array.from(text.querySelectorAll("[data-start]")).filter((block) => sentencesOf(block).length);
  if (caret) return blocks[blocks.indexOf(caret.block) + step];
  return blocks.find((block) => block.getBoundingClientRect().bottom > 0) || blocks[0];
}

function sentence(step) {
  const sentences = caret ? sentencesOf(caret.block) : [];
  const next = step > 0 ? sentences.find((one) => one.from >= caret.to) : sentences.findLast((one) => one.to <= caret.from);
  if (next) return select(caret.block, next.from, next.to);
  const block = blockNear(step);
  if (!block) return;
  const one = sentencesOf(block).at(step > 0 || !caret ? 0 : -1);
  select(block, one.from, one.to);
}

function word(step, atStart) {
  if (!caret) return sentence(1);
  const words = wordsOf(caret.block);
  let { from, to } = caret;
  if (atStart) {
    const next = step > 0 ? words.find((one) => one.from > from) : words.findLast((one) => one.from < from);
    from = next ? next.from : from;
  } else {
    const next = step > 0 ? words.find((one) => one.to > to) : words.findLast((one) => one.to < to);
    to = next ? next.to : to;
  }
  if (from < to) select(caret.block, from, to);
}

function select(block, from, to) {
  caret = { block, from, to };
  const range = rangeIn(block, from, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 60 || bottom > innerHeight - 60) scrollBy({ top: top - innerHeight / 3 });
  tell(`Selected: ${plain(block).slice(from, to)}`, false);
}

const IN_TEXT = {
  ArrowDown: () => sentence(1),
  ArrowUp: () => sentence(-1),
  ArrowRight: (event) => word(1, event.shiftKey),
  ArrowLeft: (event) => word(-1, event.shiftKey),
  Enter: () => quote(),
};

text.addEventListener("keydown", (event) => {
  const act = event.target === text && !event.ctrlKey && !event.metaKey && !event.altKey && IN_TEXT[event.key];
  if (!act) return;
  event.preventDefault();
  act(event);
});
text.addEventListener("mousedown", () => (caret = null));

/* Keys everywhere. Letters only where nobody types, and not where they are switched off. */

const letterKeys = document.getElementById("letters");
letterKeys.checked = localStorage.getItem("desk-letters") !== "off";
letterKeys.addEventListener("change", () => localStorage.setItem("desk-letters", letterKeys.checked ? "on" : "off"));

const isTyping = (target) => target.matches("textarea, select, input:not([type=checkbox], [type=submit]), [contenteditable]");

function lead(field) {
  const fold = field.closest("details");
  if (fold) fold.open = true;
  const input = control(field);
  if (input.matches(".admin-autocomplete")) $(input).select2("open");
  else input.focus();
}

const LETTERS = {
  t: () => text.focus(),
  y: () => form.querySelectorAll(".is-proposed").forEach(confirmField),
  "?": () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
    keys.scrollIntoView({ block: "nearest" });
  },
};

/* Before the select boxes hear them, which keep keys to themselves. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.elements[event.shiftKey ? "_submit" : "_next"]);
  } else if (isTyping(event.target)) {
    whileTyping(event);
  } else if (letterKeys.checked && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const act = LETTERS[event.key] || (field && (() => lead(field)));
    if (!act) return;
    event.preventDefault();
    act();
  }
}, true);

function whileTyping(event) {
  const field = event.target.closest(".desk-field");
  if (event.key === "Escape" && !document.querySelector(".select2-container--open")) text.focus();
  if (event.key !== "Enter" || !field || event.target.matches("textarea")) return;
  event.preventDefault();
  if (field.classList.contains("is-proposed")) confirmField(field);
}

/* Pressed twice, it is saved once. */
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => delete form.dataset.sent);
