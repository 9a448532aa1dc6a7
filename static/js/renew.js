/* Brings an element up to date with what the server sends, and leaves alone what stays the same: it keeps its focus and
   need not be laid out anew. What is the same thing is known by its id, by where it leads, or by its place. */
"use strict";

/* What nobody sees comes last, when all else has been painted, and before anything else is pressed. */
let unseen = new Set();
let later = [];

function renewSeenFirst(old, fresh) {
  renewRest();
  unseen = new Set([...old.querySelectorAll("details, fieldset")].filter(isUnseen));
  renew(old, fresh);
  if (later.length) setTimeout(renewRest, 50); // three frames of a screen
}

/* Shut, or below the screen: what is above decides where on the screen all else stands. */
function isUnseen(part) {
  return !part.lastElementChild.checkVisibility() || part.getBoundingClientRect().top > innerHeight;
}

function renewRest() {
  unseen.clear();
  for (const [old, fresh] of later.splice(0)) renew(old, fresh);
}
for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, renewRest, true);

function renew(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (unseen.has(old)) {
    later.push([old, fresh]);
    renew(old.firstElementChild, fresh.firstElementChild); // the title
    return;
  }
  const isLeaf = !old.firstElementChild && !fresh.firstElementChild; // of which most are the same
  if (!(isLeaf && old.isEqualNode(fresh))) {
    renewAttributes(old, fresh);
    renewChildren(old, fresh);
  }
  renewState(old, fresh);
}

/* Whether a <details> that has an id is open is up to its reader. */
function renewAttributes(old, fresh) {
  const names = fresh.getAttributeNames();
  for (const name of names) {
    const value = fresh.getAttribute(name);
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const name of old.getAttributeNames()) {
    if (!names.includes(name) && !(name === "open" && old.id)) old.removeAttribute(name);
  }
}

/* What a control shows is no longer what its attributes say once somebody has used it. */
function renewState(old, fresh) {
  const kind = old.localName;
  if (kind === "input" && old.checked !== fresh.checked) old.checked = fresh.checked;
  if ((kind === "input" || kind === "select") && old.value !== fresh.value) old.value = fresh.value;
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
