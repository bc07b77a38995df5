// A page that waits for a piece of work: how far it is, then the page with what came of it.

import { watch } from "./poll_job.js";

function show(box, report) {
  if (report.state !== "requested" && report.state !== "running") {
    location.reload();
    return true;
  }
  box.querySelector("[data-percent]").textContent = `${report.progress} %`;
  box.querySelector("progress").value = report.progress;
  return false;
}

for (const box of document.querySelectorAll("[data-request]")) watch(box, show);
