"""A person's hand in front of a real browser: it counts what it presses. Typing and the file dialog are free."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Hand:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        page.set_default_timeout(10_000)

    def press(self, what: Locator) -> None:
        what.click()
        self.presses += 1

    def link(self, name: str) -> None:
        self.follow(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.follow(self.page.get_by_role("button", name=name).first)

    def follow(self, what: Locator) -> None:
        """Press what leads to a page, and wait for it: who looks at once would look at the page that is going."""
        with self.page.expect_navigation():
            self.press(what)

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)
