"""The live page as a test sees it: what it shows, what it keeps, what it ever called saved."""

import json
import re
from collections.abc import Callable
from time import monotonic
from typing import Any

from playwright.sync_api import Page, expect

from scorecard.models import Note, Scorecard

# Notes every text that stands on the page in a moment in which the page says "Saved", and what the
# words in the field became by typing on: a slow machine saves them in the middle.
WATCH = """
window.calledSaved = new Set();
window.typedOn = {};
let begun = []; // what was called saved of the note in the field
addEventListener("input", ({ target }) => {
  if (target.id !== "note") return;
  const words = target.value.trim();
  begun = begun.filter((text) => words.startsWith(text));
  for (const text of begun) window.typedOn[text] = words;
}, true);
const look = () => {
  const save = document.querySelector("[data-save]");
  if (save && save.textContent.startsWith("Saved")) {
    for (const text of document.querySelectorAll("[data-notes] .text")) {
      window.calledSaved.add(text.textContent);
    }
    const field = document.querySelector("#note");
    if (field && field.value.trim()) {
      window.calledSaved.add(field.value.trim());
      if (begun.at(-1) !== field.value.trim()) begun.push(field.value.trim());
    }
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
# What a page says whose words are safe: it sent them, or found them sent when it was opened.
SAFE = re.compile("^(Saved|Everything is saved)")
OUTBOX = """async () => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("scorecard");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const rows = await new Promise((resolve) => {
    const request = database.transaction("outbox").objectStore("outbox").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  return JSON.stringify(rows.filter((op) => !op.settled));
}"""


def open_live(page: Page, card: Scorecard) -> Page:
    page.add_init_script(WATCH)
    page.goto(f"/scorecards/{card.pk}/live/")
    expect(page.locator("html[data-ready]")).to_be_attached()
    return page


def write(page: Page, *texts: str) -> None:
    """Types notes into the field, each finished by Enter."""
    for text in texts:
        page.locator("#note").focus()
        page.keyboard.type(text)
        before = page.locator("[data-notes] li").count()
        page.keyboard.press("Enter")
        expect(page.locator("#note")).to_have_value("")
        expect(page.locator("[data-notes] li")).to_have_count(before + 1)


def shown(page: Page) -> list[str]:
    return page.locator("[data-notes] .text").all_text_contents()


def expect_state(page: Page, words: str | re.Pattern[str], timeout: int = 20_000) -> None:
    expect(page.locator("[data-save]")).to_contain_text(words, timeout=timeout)


def outbox(page: Page) -> list[dict[str, Any]]:
    return json.loads(page.evaluate(OUTBOX))


def stored(card: Scorecard) -> list[str]:
    return list(Note.objects.filter(scorecard=card).values_list("text", flat=True))


def expect_nothing_lost(page: Page, card: Scorecard, *rewritten: str) -> None:
    """All that was ever called saved is stored, and all that is shown is stored or waits.

    `rewritten` are words that the writer replaced by others. Where the writer typed on, what is
    stored may be anything on the way to the last that was typed.
    """
    called_saved = set(page.evaluate("[...window.calledSaved]")) - {*rewritten}
    typed_on = page.evaluate("window.typedOn")
    on_page = set(shown(page))
    notes = [op for op in outbox(page) if op["kind"] == "note.put"]
    waiting = {op["value"].get("text") for op in notes}
    in_database = set(stored(card))
    lost = {text for text in called_saved if not _is_kept(text, in_database, typed_on)}
    assert not lost, lost
    assert on_page <= in_database | waiting, on_page - in_database - waiting


def _is_kept(text: str, in_database: set[str], typed_on: dict[str, str]) -> bool:
    latest = typed_on.get(text, text)
    return any(kept.startswith(text) and latest.startswith(kept) for kept in in_database)


def wait_until(page: Page, condition: Callable[[], Any], seconds: float = 20) -> None:
    """Waits while the page, and whatever a test has hooked into it, goes on."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not come to that in time"
        page.wait_for_timeout(50)
