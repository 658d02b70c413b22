r"""Rich Text Format as text: every group that people read, in the file's order (RTF Specification 1.9.1).

Code pages change with the font, `\u` carries its own substitute, pictures and tables of styles are passed over.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from tocsin.sources.office_xml import CELL, ROW, laid_out

DEPTH = 4096
# Words that only shape what is there, passed over in runs.
_SHAPE = (
    rb"aspalpha|aspnum|adjustright|afs?|alang|ai|ab|a?fcs|a?cf|cb|chshdng|chcbpat|chcfpat|cs|ds|s|ts|itap|ilvl|ls|b|i|"
    rb"ul|ulnone|strike|scaps|caps|fs|fi|lang(?:fe|np|fenp)?|loch|hich|dbch|(?:ins|char|del|para|sect|tbl)rsid|pard|"
    rb"ltr(?:par|ch|mark|sect)|rtl(?:par|ch)|ql|qr|qj|qc|qd|li|ri|lin|rin|sa|sb|sl|slmult|sbauto|saauto|widctlpar|"
    rb"nowidctlpar|wrapdefault|faauto|kerning|expnd|expndtw|noproof|hyphpar|keepn?|highlight|tx|tq[rcl]|cltxlrtb|"
    rb"clvertal[tcb]|clftsWidth|clwWidth|clbrdr[tlbr]|clshdrawnil|cellx|brdr(?:s|w|cf|none|tbl)|trgaph|trleft|trowd|"
    rb"trftsWidth[AB]?|trw?Width[AB]?|trpadd[lr]|trpaddf[lr]|trbrdr[tlbrhv]|irow|irowband|lastrow|intbl|cgrid|nosupersub"
)
_TOKEN = re.compile(
    rb"((?:\\(?:" + _SHAPE + rb")(?:-?[0-9]{1,10})?(?![A-Za-z0-9-]) ?)+)"
    rb"|\\(?:'([0-9A-Fa-f]{2})|([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|([^A-Za-z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "softline": "\n", "softpage": "\n",
    "cell": CELL, "nestcell": CELL, "row": ROW, "nestrow": ROW, "tab": "\t", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
    "qmspace": " ", "lbr": "\n",
}  # fmt: skip
_SYMBOLS = {
    b"~": " ",
    b"_": "-",
    b"-": "",
    b"{": "{",
    b"}": "}",
    b"\\": "\\",
    b"\n": "\n",
    b"\r": "\n",
    b"\t": "\t",
}
# Groups that are no text: tables of the format, pictures, data of programs.
_SILENT = frozenset(
    "fonttbl colortbl stylesheet pict objdata datastore themedata colorschememapping latentstyles listtable "
    "listoverridetable rsidtbl xmlnstbl mmathPr generator nonshppict bkmkstart bkmkend objclass objname blipuid "
    "sn falt panose ftnsep ftnsepc aftnsep aftnsepc aftncn ftncn pgdsctbl template pnseclvl pntext".split()
)
# Ignorable groups (`\*`) that are text all the same.
_KEPT = frozenset(
    "annotation atnauthor atnid fldinst shppict shpinst shptxt shprslt sv sp userprops propname staticval docvar "
    "company manager category hlinkbase revtbl upr ud fldtitle atrfstart nesttableprops datafield".split()
)
# Groups that stand on lines of their own.
_APART = frozenset(
    "footnote annotation atnauthor header headerl headerr headerf footer footerl footerr footerf shptxt title subject "
    "author operator keywords comment doccomm company manager category hlinkbase propname staticval docvar sv revtbl "
    "linkval buptim".split()
)
_UNREAD_VALUES = re.compile(r"-?[0-9]*|.*\{.*")
# \fcharset: [MS-WMF] 2.1.1.5, as code pages.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac_roman", 65001: "utf-8", 708: "iso8859_6", 1361: "johab", 936: "gbk"}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group: whether it is text, the substitute's length of `\\u`, the code page."""

    silent: bool = False
    substitute: int = 1
    page: str = "cp1252"
    fonts: bool = False
    end: str = ""
    value: int = -1


@dataclass(slots=True)
class Rtf:
    """A document on its way to text. `open` is how many groups were not closed at its end."""

    pieces: list[str] = field(default_factory=list)
    open: int = 0
    _stack: list[_Group] = field(default_factory=list)
    _now: _Group = _Group()
    _raw: bytearray = field(default_factory=bytearray)
    _skip: int = 0
    _fresh: bool = False
    _starred: bool = False
    _deeper: int = 0
    _ansi: str = "cp1252"
    _fonts: dict[int, str] = field(default_factory=dict)
    _font: int = 0

    def text(self, data: bytes) -> str:
        """The text of `data`."""
        at, match = 0, _TOKEN.match
        while at < len(data):
            token = match(data, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            shape, code, word, number, symbol, brace, plain = token.groups()
            if shape is not None:
                self._shape()
            elif plain is not None:
                self._plain(plain)
            elif word is not None:
                if word == b"bin":
                    at += max(int(number or b"0"), 0)
                self._word(word.decode(), None if number is None else int(number))
            elif code is not None:
                self._plain(bytes([int(code, 16)]), one=True)
            elif brace is not None:
                self._open() if brace == b"{" else self._close()
            elif symbol is not None:
                self._symbol(symbol)
        self._flush()
        self.open = len(self._stack) + self._deeper
        return laid_out("".join(self.pieces))

    def _shape(self) -> None:
        """Words of shape: they only tell that a group has begun, and that one marked with `\\*` is not known."""
        if self._starred:
            self._destination("")
        self._fresh = self._starred = False

    def _plain(self, raw: bytes, *, one: bool = False) -> None:
        """Characters as bytes of the code page, less those that only stand in for a `\\u`."""
        self._fresh = False
        if self._skip:
            taken = 1 if one else min(self._skip, len(raw))
            self._skip -= taken
            raw = raw[taken:]
        if not self._now.silent:
            self._raw += raw

    def _flush(self) -> None:
        if self._raw:
            self.pieces.append(self._raw.decode(self._now.page, "replace"))
            self._raw.clear()

    def _say(self, text: str) -> None:
        self._flush()
        if not self._now.silent:
            self.pieces.append(text)

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) < DEPTH:
            self._stack.append(self._now)
            self._now = replace(self._now, end="", value=-1)
        else:
            self._deeper += 1
        self._fresh, self._starred = True, False

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if self._deeper:
            self._deeper -= 1
        elif self._stack:
            self._value()
            if self._now.end and not self._now.silent:
                self.pieces.append(self._now.end)
            self._now = self._stack.pop()
        self._fresh = False

    def _value(self) -> None:
        """A drawing's property that is a number or a structure is dropped again."""
        if self._now.value >= 0 and _UNREAD_VALUES.fullmatch("".join(self.pieces[self._now.value :]).strip()):
            del self.pieces[self._now.value :]

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
            return
        self._fresh = False
        if self._skip:
            self._skip -= 1
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if self._fresh and (word in _SILENT or word in _APART or self._starred):
            self._destination(word)
        self._fresh = self._starred = False
        if word == "u" and number is not None:
            self._say(_character(number))
            self._skip = self._now.substitute
        elif word in _SIGNS:
            self._skip = 0
            self._say(_SIGNS[word])
        elif word == "uc":
            self._now = replace(self._now, substitute=min(max(number or 0, 0), 100))
        elif word in ("f", "af", "fcharset", "ansicpg", "deff", "plain", "mac", "pc", "pca"):
            self._encoding(word, number or 0)

    def _destination(self, word: str) -> None:
        """A group that begins with this word."""
        silent = self._now.silent or word in _SILENT or (self._starred and word not in _KEPT | _APART)
        end = "\n" if word in _APART else ""
        if end and not silent:
            self.pieces.append("\n" if self.pieces and not self.pieces[-1].endswith("\n") else "")
        value = len(self.pieces) if word == "sv" else -1
        fonts = self._now.fonts or word == "fonttbl"
        self._now = replace(self._now, silent=silent, end=end, fonts=fonts, value=value)

    def _encoding(self, word: str, number: int) -> None:
        """Words that say which code page follows."""
        self._flush()
        if word == "fcharset" and self._now.fonts:
            self._fonts[self._font] = _CHARSETS.get(number, self._ansi)
        elif word == "f":
            self._font = number
            if not self._now.fonts:
                self._now = replace(self._now, page=self._fonts.get(number, self._ansi))
        elif word in ("ansicpg", "mac", "pc", "pca"):
            pages = {"mac": 10000, "pc": 437, "pca": 850}
            self._ansi = _codec(pages.get(word, number))
            self._now = replace(self._now, page=self._ansi)


def _character(number: int) -> str:
    """The character of `\\u`; halves of a pair come back together when the text is encoded."""
    return chr(number & 0xFFFF)


def _codec(number: int) -> str:
    """The code page of this number, Windows-1252 where it is not known."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def whole_characters(text: str) -> str:
    """`text` with the two halves of each pair (UTF-16) made one character, and lone halves U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
