/* Beside the form of an interview: the chosen time as each chosen person lives through it. */
const form = document.querySelector("form[data-check-times]");
const place = document.getElementById("local-times");
const names = ["starts_at", "ends_at", "repeated", "lead", "second", "shadow"];
let asked = 0;

async function check() {
  const mine = ++asked;
  const chosen = new URLSearchParams({ interview: form.dataset.interview });
  for (const name of names) {
    chosen.set(name, form.elements[name]?.value ?? "");
  }
  const answer = await fetch(`${form.dataset.checkTimes}?${chosen}`).catch(() => null);
  // A redirect leads to the sign-in page, which is no part of this one.
  if (answer?.ok && !answer.redirected && mine === asked) {
    place.innerHTML = await answer.text();
  }
}

form.addEventListener("change", check);
check();
