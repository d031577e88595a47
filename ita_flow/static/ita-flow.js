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

// Who writes is not idle: typing in a form that is sent asks for its page now and then, so that the session lives on.
const QUIET_FOR = 5 * 60 * 1000;
let askedAt = 0;
for (const form of document.querySelectorAll("main form[method=post]")) {
  form.addEventListener("input", () => {
    if (Date.now() - askedAt < QUIET_FOR) return;
    askedAt = Date.now();
    fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => {});
  });
}
