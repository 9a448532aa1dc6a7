/* Buttons that copy and share what a page is cited by. Without this file the words stand there, to be copied by hand. */
"use strict";

for (const box of document.querySelectorAll(".sharing")) offer(box);

/* Only what the browser can do: both need a page that came by HTTPS, or from this machine. */
function offer(box) {
  const { title, url } = box.dataset;
  const words = box.querySelector(".cite").textContent.trim().replace(/\s+/g, " ");
  const row = Object.assign(document.createElement("p"), { className: "after row ui" });
  const told = Object.assign(document.createElement("span"), { className: "meta", role: "status" });
  const add = (label, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", act);
    row.append(button);
  };
  const copy = async (text, done) => {
    told.textContent = await navigator.clipboard.writeText(text).then(() => done, () => "This browser does not let it be copied.");
  };
  if (navigator.clipboard) {
    add("Copy citation", () => copy(words, "Citation copied."));
    add("Copy link", () => copy(url, "Link copied."));
  }
  if (navigator.share) add("Share", () => navigator.share({ title, url }).catch(() => {})); // who thinks better of it has told nobody
  if (!row.children.length) return;
  row.append(told);
  box.append(row);
}
