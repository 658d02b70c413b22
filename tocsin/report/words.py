"""Numbers, sizes, times and sentences as a French or an English reader writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tocsin.report.markup import Html, join, safe
from tocsin.sentences import knows, say

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
UNITS = {"fr": ("o", "ko", "Mo", "Go", "To"), "en": ("B", "kB", "MB", "GB", "TB")}


@dataclass(frozen=True, slots=True)
class Words:
    """One language's way of writing, "fr" or "en"; times in `zone`."""

    language: str
    zone: str = "Europe/Paris"

    @property
    def french(self) -> bool:
        """Whether this is French."""
        return self.language == "fr"

    def number(self, value: int) -> str:
        """12 345 or 12,345."""
        return f"{value:,}".replace(",", NARROW) if self.french else f"{value:,}"

    def decimal(self, value: float, digits: int = 1) -> str:
        """A number with at most `digits` decimals, none where they are zero."""
        text = f"{value:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(",", NARROW).replace(".", ",") if self.french else text

    def percent(self, share: float) -> str:
        """A share of 1 in hundredths, with two significant figures where it is small."""
        hundredths = share * 100
        if 0 < hundredths < 0.001:
            return self.say("report.share.tiny")
        digits = 0 if hundredths >= 10 else 1 if hundredths >= 1 else 2 if hundredths >= 0.1 else 3
        return self.decimal(hundredths, digits) + (f"{NARROW}%" if self.french else "%")

    def size(self, count: int) -> str:
        """Bytes in the decimal unit that leaves less than a thousand."""
        value, unit = float(count), 0
        while value >= 999.5 and unit < len(UNITS[self.language]) - 1:
            value, unit = value / 1000, unit + 1
        digits = 0 if unit == 0 or value >= 99.95 else 1
        return (
            f"{self.decimal(value, digits)}{NARROW if self.french else NO_BREAK}{UNITS[self.language][unit]}"
        )

    def moment(self, at: datetime) -> str:
        """Day and minute in the reader's zone, the zone named; `at` carries one."""
        local = at.astimezone(ZoneInfo(self.zone))
        month = MONTHS[self.language][local.month - 1]
        if self.french:
            day = "1er" if local.day == 1 else str(local.day)
            return f"{day} {month} {local.year}, {local.hour} h {local.minute:02d} ({self.zone})".replace(
                " h ", "\u00a0h\u00a0"
            )
        return f"{local.day} {month} {local.year}, {local:%H:%M} ({self.zone})"

    def say(self, code: str, /, **arguments: str) -> Html:
        """One of the report's own sentences, its arguments escaped where they are not markup."""
        return Html(say(code, self.language, **{name: safe(value) for name, value in arguments.items()}))

    def plural(self, code: str, count: int, /, **arguments: str) -> Html:
        """`code.one` or `code.many`, after the language's rule (in French zero is singular)."""
        single = count in (0, 1) if self.french else count == 1
        return self.say(f"{code}.{'one' if single else 'many'}", **arguments)

    def known(self, code: str, fallback: str, /, **arguments: str) -> Html:
        """The sentence of another room's code, escaped; the report's `fallback` where there is none.

        A sentence that asks for an argument that the report does not have counts as none.
        """
        if knows(code):
            try:
                return safe(say(code, self.language, **arguments))
            except (KeyError, IndexError):
                pass
        return self.say(fallback, **arguments)

    def listed(self, parts: list[Html]) -> Html:
        """ "a, b et c"."""
        if len(parts) < 2:
            return join(parts)
        return join([join(parts[:-1], ", "), parts[-1]], f" {self.say('report.and')} ")
