// The exports page: how far each file is, without looking again by hand.

import { watch } from "../js/poll_job.js";

const NOTICE = "scorecard.exports.notice"; // said once after the page has loaded anew

function show(row, request) {
  if (request.state === "done" || request.state === "failed") {
    const made = request.state === "done";
    sessionStorage.setItem(NOTICE, made ? "Your file is ready." : "Your file could not be made.");
    location.reload(); // the row then has its size and its buttons
    return true;
  }
  row.querySelector("[data-says]").textContent = request.says.toLowerCase();
  row.querySelector("[data-percent]").textContent = `${request.progress} %`;
  return false;
}

const notice = sessionStorage.getItem(NOTICE);
if (notice) {
  sessionStorage.removeItem(NOTICE);
  const place = document.querySelector("[data-ready]");
  if (place) setTimeout(() => (place.textContent = notice), 100); // a change, which is read out
}
for (const row of document.querySelectorAll("[data-request]")) watch(row, show);
