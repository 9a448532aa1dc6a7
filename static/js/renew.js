/* Brings an element up to date with what the server sends, and leaves alone what stays the same: it keeps its focus and
   need not be laid out anew. What is the same thing is known by its id, by where it leads, or by its place. */
"use strict";

/* What a shut <details> hides comes last, when all else has been painted. */
let shut = new Set();
let later = [];

function renewShownFirst(old, fresh) {
  renewShut();
  const folds = [...old.querySelectorAll("details:not([open])")];
  shut = new Set(folds.filter((fold) => !fold.lastElementChild.checkVisibility())); // some are open by their style
  renew(old, fresh);
  if (later.length) requestAnimationFrame(() => setTimeout(renewShut));
}

function renewShut() {
  shut.clear();
  for (const [old, fresh] of later.splice(0)) renew(old, fresh);
}

function renew(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (shut.has(old)) {
    later.push([old, fresh]);
    renew(old.firstElementChild, fresh.firstElementChild);
    return;
  }
  renewAttributes(old, fresh);
  renewChildren(old, fresh);
  renewState(old, fresh);
}

/* Whether a <details> that has an id is open is up to its reader. */
function renewAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.attributes.length === fresh.attributes.length) return;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.id)) old.removeAttribute(name);
  }
}

/* What a control shows is no longer what its attributes say once somebody has used it. */
function renewState(old, fresh) {
  if (old.localName === "input" && old.checked !== fresh.checked) old.checked = fresh.checked;
  if (["input", "select"].includes(old.localName) && old.value !== fresh.value) old.value = fresh.value;
}

function renewChildren(old, fresh) {
  const known = new Map([...old.children].map((child) => [keyOf(child), child]));
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const key = keyOf(child);
    const same = key ? known.get(key) : next && !keyOf(next) && next;
    if (!same || same.nodeName !== child.nodeName) {
      old.insertBefore(child, next);
      continue;
    }
    known.delete(key);
    if (same === next) next = next.nextSibling;
    else old.insertBefore(same, next);
    renew(same, child);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

/* What tells it from its neighbours; a row of boxes has the id of its first one. */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  return node.id || node.getAttribute("href") || (node.localName === "li" && node.querySelector("input")?.id) || "";
}
