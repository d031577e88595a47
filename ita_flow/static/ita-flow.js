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
