// A page on which somebody decides asks now and then whether what it shows still stands.
"use strict";

const watch = document.querySelector("[data-fresh]");
const EVERY = 30 * 1000;
const reload = watch.querySelector("[data-reload]");
const keptOf = (path) => `kept:${path}`;
let told = "";
let isOver = false;

async function look() {
  if (document.hidden || isOver) return;
  const answer = await fetch(watch.dataset.fresh, { redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") {
    isOver = true;
    tell([watch.dataset.signedOut]);
  } else if (answer?.status === 200) {
    const changes = await answer.json();
    tell(changes.map((change) => change.sentence));
    if ("blocks" in watch.dataset) changes.forEach(block);
  }
}

function tell(sentences) {
  if (told === sentences.join()) return;
  told = sentences.join();
  watch.querySelector("ul").replaceChildren(...sentences.map((sentence) => made("li", sentence)));
  watch.querySelector("[data-told]").hidden = false;
}

// Nobody decides on what is not there any more; the button stays where it is and says why.
function block({ task, sentence }) {
  for (const form of document.querySelectorAll(`form[data-task="${task}"]:not([data-blocked])`)) {
    form.dataset.blocked = "";
    const why = made("p", sentence);
    why.className = "note note-warn mb-2";
    why.id = `stale-${task}-${document.querySelectorAll("[data-blocked]").length}`;
    why.tabIndex = -1;
    form.prepend(why);
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
      button.setAttribute("aria-describedby", why.id);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      why.focus();
    });
  }
}

function made(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

// What was typed comes back after the page is loaded anew; where its field is gone, it is shown to be copied.
function keepTyped() {
  const fields = [...document.querySelectorAll("main textarea")].filter((field) => field.value !== field.defaultValue);
  sessionStorage.setItem(keptOf(reload.pathname), JSON.stringify(fields.map((field) => [field.id, field.value])));
}

function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(keptOf(location.pathname)) ?? "[]");
  sessionStorage.removeItem(keptOf(location.pathname));
  for (const [id, text] of kept) {
    const field = document.getElementById(id);
    if (field && !field.value) {
      field.value = text;
      const fold = field.closest("details");
      if (fold) fold.open = true;
    } else if (text) {
      watch.querySelector("[data-kept]").hidden = false;
      watch.querySelector("[data-kept]").append(made("blockquote", text));
    }
  }
}

giveBack();
reload.addEventListener("click", keepTyped);
document.addEventListener("visibilitychange", look);
addEventListener("focus", look);
setInterval(look, EVERY);
