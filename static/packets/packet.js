// The packet's page: keys between its parts, evidence opened where a link points, progress.

import { watch } from "../js/poll_job.js";

const links = [...document.querySelectorAll(".toc a")];
const parts = () => links.map((link) => document.querySelector(link.hash));

// --- Keys. Single letters act only outside a field, and can be switched off. ---
const STORED = "scorecard.packet.keys";
const stored = () => {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // storage is forbidden: the keys work, the choice is not kept
  }
};
let keysOn = stored() !== "off";

function setKeys(on, button) {
  keysOn = on;
  button.setAttribute("aria-pressed", String(on));
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // see above
  }
}

function offerKeys() {
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  const button = box.querySelector("[data-keys-switch]");
  box.hidden = false;
  button.setAttribute("aria-pressed", String(keysOn));
  button.addEventListener("click", () => setKeys(!keysOn, button));
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "j") goBy(1);
  else if (event.key === "k") goBy(-1);
  else if (event.key === "e") toggleEvidence();
  else return;
  event.preventDefault();
}

function goBy(step) {
  const all = parts();
  const tops = all.map((part) => part.getBoundingClientRect().top);
  const next =
    step > 0
      ? all.find((_, at) => tops[at] > 24)
      : all.findLast((_, at) => tops[at] < -8);
  if (!next) {
    if (step < 0) scrollTo({ top: 0 });
    return;
  }
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView();
}

function toggleEvidence() {
  const all = [...document.querySelectorAll("#evidence .evl > details")];
  const open = !all.every((each) => each.open);
  for (const each of all) each.open = open;
}

// --- A link into a closed part opens it, in every browser. ---
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let box = target.closest("details");
  for (; box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
}

// --- Where one is, in the contents list. ---
function followReading() {
  if (!links.length) return;
  const mark = () => {
    const seen = parts().findLast((part) => part.getBoundingClientRect().top < innerHeight / 3);
    const { id } = seen ?? parts()[0];
    for (const link of links) {
      if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  mark();
}

// --- What prints is whole. ---
function printWhole() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".packet details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
}

// --- A packet being built. ---
function show(box, request) {
  if (request.state === "done" && request.packet) {
    location.assign(request.packet);
    return true;
  }
  if (request.state === "failed") {
    location.reload(); // the page has the reason, and a way to try again
    return true;
  }
  box.querySelector("progress").value = request.progress;
  box.querySelector("[data-says]").textContent = request.says.toLowerCase();
  box.querySelector("[data-percent]").textContent = `${request.progress} %`;
  return false;
}

offerKeys();
followReading();
printWhole();
addEventListener("hashchange", openTarget);
openTarget();
for (const box of document.querySelectorAll("[data-request]")) watch(box, show);
