// Everything works without this file: it only saves a few movements of the hand.
"use strict";

const summary = document.querySelector(".errsum");
if (summary) summary.focus();

function closeMenus(exceptOf) {
  for (const menu of document.querySelectorAll("details.pick[open]")) {
    if (!menu.contains(exceptOf)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.pick[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});

// A button that prints the page is of no use without this file, so it is shown here.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Copying is of no use without this file either; that it is done is told beside the button.
for (const button of document.querySelectorAll("[data-copy]")) {
  const told = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(text.value);
    else document.execCommand("copy");
    told.textContent = button.closest("[data-copied]").dataset.copied;
  });
}

// Who writes is not idle: typing in a form that is sent asks for a page now and then, so that the session lives on.
const QUIET_FOR = 5 * 60 * 1000;
let askedAt = 0;
for (const form of document.querySelectorAll("main form[method=post]")) {
  form.addEventListener("input", () => {
    if (Date.now() - askedAt < QUIET_FOR) return;
    askedAt = Date.now();
    fetch("/", { method: "HEAD", redirect: "manual" }).catch(() => {});
  });
}
