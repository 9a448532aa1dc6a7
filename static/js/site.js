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
  typed.clear();
});

document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");

  /* Say the new count to those who cannot see it. */
  const count = document.querySelector("[data-announce]");
  if (count) document.getElementById("status").textContent = count.textContent.trim().replace(/\s+/g, " ");

  /* Where what had the focus is gone, go on from what replaced it. */
  if (document.activeElement === document.body) {
    const target = event.detail.elt.isConnected ? event.detail.elt : document.getElementById("main");
    target.focus();
  }
});
