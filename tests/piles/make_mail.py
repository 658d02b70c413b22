"""Write the golden piles of mails and personal exports anew: `python tests/piles/make_mail.py`, from the root.

Messages are written by the standard library, so that what reads them is held against another's hand.
"""

from __future__ import annotations

import base64
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.piles.make import COLUMNS, SEED, delimited, noted, table  # noqa: E402
from tocsin.fakes.known import Known, facts_of, text_of  # noqa: E402
from tocsin.fakes.leak import Leak  # noqa: E402
from tocsin.fakes.person import Person, person  # noqa: E402
from tocsin.fakes.truth import Truth  # noqa: E402
from tocsin.fakes.writings import account, mail, social, telephone  # noqa: E402

COUNT = 24
DESK = "accueil@example.net"
LINE = b"From MAILER Thu Jan  1 10:00:00 2026\n"


def people() -> list[Person]:
    """Those who write, each once."""
    return [person(SEED, number) for number in range(COUNT)]


def body(somebody: Person, rng: random.Random) -> Known:
    """What a person writes: number, account, telephone."""
    return (
        "Bonjour,\n\nmon numéro de sécurité sociale : "
        + social(rng, somebody.nir)
        + ",\nmon IBAN : "
        + account(rng, somebody.iban)
        + ".\n"
    )


def message(somebody: Person, number: int, text: Known, signature: Known, cte: str) -> EmailMessage:
    """One message to the desk."""
    made = EmailMessage(policy=SMTP.clone(linesep="\n"))
    user, _, domain = text_of(mail(random.Random(number), somebody.email)).lower().partition("@")
    made["From"] = Address(f"{somebody.given} {somebody.surname}", user, domain)
    made["To"] = DESK
    made["Subject"] = f"Dossier {number}"
    made["Message-ID"] = f"<{number}@mail.example.net>"
    made.set_content(text.text + "\nCordialement,\n" + signature.text + "\n", cte=cte)
    return made


def told(
    truth: Truth, source: str, number: int, somebody: Person, parts: Iterable[tuple[str, Known]]
) -> None:
    """The truth of one message."""
    truth.record(source, number, ("", somebody.key))
    truth.value(source, "from", "any.email", somebody.email.lower())
    truth.value(source, "to", "any.email", DESK)
    for field, known in parts:
        for kind, normal in facts_of(known):
            truth.value(source, field, kind, normal)


def mails(leak: Leak) -> None:
    """A mailbox with attachments and a bad message, single messages, a Maildir."""
    rng, truth = random.Random(SEED), leak.truth
    boxed = b""
    truth.source("inbox.mbox", "mbox")
    for number, somebody in enumerate(people()):
        text, signature = body(somebody, rng), "tél. " + telephone(rng, somebody.phone)
        cte = ("8bit", "quoted-printable", "base64")[number % 3]
        made = message(somebody, number, text, signature, cte)
        parts = [("body", text), ("signature", signature)]
        if number % 6 == 5:
            boxed += LINE + bytes(range(1, 9)) * 200 + b"\n\n"
            truth.bad("inbox.mbox", "source.bad_record")
            continue
        if number % 8 == 2:
            lines = table(10)
            made.add_attachment(
                delimited(lines, ";").encode(), maintype="text", subtype="csv", filename="pièce.csv"
            )
            noted(truth, f"inbox.mbox!/{number}/pièce.csv", "csv", lines)
        if number < 4:
            name = f"Maildir/new/{number}.M1P1.example"
            leak.raw(name, made.as_bytes())
            truth.source(name, "eml")
            told(truth, name, 0, somebody, parts)
            if number % 8 == 2:
                noted(truth, f"{name}!/pièce.csv", "csv", table(10))
        boxed += LINE + made.as_bytes().replace(b"\nFrom ", b"\n>From ") + b"\n"
        told(truth, "inbox.mbox", number, somebody, parts)
    leak.raw("inbox.mbox", boxed)


def exports(leak: Leak) -> None:
    """An address book, a directory, an X archive, Facebook's messages, a web server's log."""
    rng, truth, everybody = random.Random(SEED), leak.truth, people()
    written: dict[str, tuple[str, str, Callable[[Person, Known, Known], str]]] = {
        "contacts.vcf": ("vcard", "", card),
        "directory.ldif": ("ldif", "version: 1\n\n", entry),
    }
    for name, (format, head, write) in written.items():
        truth.source(name, format)
        texts = []
        for number, somebody in enumerate(everybody):
            address, phone = mail(rng, somebody.email), telephone(rng, somebody.phone)
            texts.append(write(somebody, address, phone))
            truth.record(name, number, (somebody.key,))
            for field, known in (("email" if format == "vcard" else "mail", address), ("tel", phone)):
                for kind, normal in facts_of(known):
                    truth.value(
                        name,
                        field if format == "vcard" or field == "mail" else "telephoneNumber",
                        kind,
                        normal,
                    )
        leak.raw(name, (head + "".join(texts)).encode())
    wrapped(leak, everybody, rng)


def card(somebody: Person, address: Known, phone: Known) -> str:
    """One card."""
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{somebody.surname};{somebody.given};;;\r\n"
        f"EMAIL;TYPE=home:{address.text}\r\nTEL;TYPE=cell:{phone.text}\r\nEND:VCARD\r\n"
    )


def entry(somebody: Person, address: Known, phone: Known) -> str:
    """One entry of a directory."""
    name = base64.b64encode(somebody.surname.encode()).decode()
    return f"dn: uid={somebody.key},dc=example\nsn:: {name}\nmail: {address.text}\ntelephoneNumber: {phone.text}\n\n"


def wrapped(leak: Leak, everybody: list[Person], rng: random.Random) -> None:
    """JSON as X and as Facebook wrap it."""
    tweets, messages = [], []
    leak.truth.source("tweets.js!/tweets.json", "json")
    leak.truth.source("message_1.json", "json_twice")
    leak.truth.issue("message_1.json", "source.repaired_encoding")
    for number, somebody in enumerate(everybody):
        text = "écrivez à " + mail(rng, somebody.email)
        tweets.append({"tweet": {"id": f"t{number}", "full_text": text.text}})
        messages.append({"sender": "Zoé", "content": text.text.encode().decode("latin-1")})
        for source, field in (("tweets.js!/tweets.json", "tweet.full_text"), ("message_1.json", "content")):
            leak.truth.record(source, number, (somebody.key,))
            for kind, normal in facts_of(text):
                leak.truth.value(source, field, kind, normal)
    leak.raw("tweets.js", b"window.YTD.tweets.part0 = " + json.dumps(tweets, ensure_ascii=False).encode())
    leak.raw("message_1.json", json.dumps(messages).encode())


def written(name: str, write: Callable[[Leak], None]) -> None:
    """A pile with its `expected.json`."""
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pile").mkdir(parents=True)
    with Truth(folder) as truth:
        leak = Leak(folder / "pile", truth, random.Random(SEED))
        write(leak)
        leak.close()
        truth.findings({"profile": name, "seed": SEED}, folder / "expected.json")


if __name__ == "__main__":
    assert COLUMNS
    written("mail", mails)
    written("exports", exports)
