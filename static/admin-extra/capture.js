// Capture at the desk. What a browser has of a pasted page beside its text is sent along, so that the words come out as
// a reader sees them; a file that is too large is named before it is sent; the bookmark does nothing on our own page.
(() => {
  "use strict";
  const MOST = 1000000; // characters of a page's source; a longer one is sent as plain text
  const text = document.querySelector("#id_text");
  const html = document.querySelector("#id_html");
  const file = document.querySelector("#id_file");

  if (text && html) {
    text.addEventListener("input", () => { html.value = ""; });
    text.addEventListener("paste", (event) => {
      const page = event.clipboardData.getData("text/html");
      const isWhole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
      if (page && page.length < MOST && isWhole) setTimeout(() => { html.value = page; }); // after the input event
    });
  }
  if (file) {
    const said = document.createElement("p");
    said.className = "errornote";
    said.setAttribute("role", "alert");
    said.hidden = true;
    file.after(said);
    file.addEventListener("change", () => {
      const chosen = file.files[0];
      const most = Number(file.dataset.most);
      said.hidden = !chosen || chosen.size <= most;
      if (said.hidden) return;
      said.textContent = `It has ${(chosen.size / 1e6).toFixed(1)} MB; this page takes up to ${most / 1e6} MB.`;
      file.value = "";
    });
  }
  document.querySelectorAll(".capture-mark").forEach((mark) => {
    mark.addEventListener("click", (event) => event.preventDefault());
  });
})();
