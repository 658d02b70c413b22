"""Write the golden pile of health and payroll formats anew: `python tests/piles/make_health.py`, from the root.

The same patients and doctors in each format, made by the formats' rules.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.piles.make import SEED, written  # noqa: E402
from tocsin.fakes.known import Known, facts_of  # noqa: E402
from tocsin.fakes.leak import Leak  # noqa: E402
from tocsin.fakes.person import Person, doctor, person  # noqa: E402
from tocsin.fakes.writings import (  # noqa: E402
    account,
    birth,
    given,
    mail,
    postcode,
    sex,
    surname,
)

PATIENTS = 30
INS = "ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO"
Cells = dict[str, Known]


def cells(somebody: Person, medic: Person, number: int, rng: random.Random) -> Cells:
    """What every format tells of a patient and of a doctor."""
    return {
        "ipp": Known(f"{7000 + number}", (("any.customer_number", f"{7000 + number}"),)),
        "nom": surname(rng, somebody.surname),
        "prenom": given(rng, somebody.given),
        "sexe": sex(somebody),
        "adresse": Known(somebody.home.line),
        "code_postal": postcode(somebody.home),
        "ville": Known(somebody.home.city),
        "telephone": Known(somebody.phone, (("any.phone", somebody.phone),)),
        "courriel": mail(rng, somebody.email),
        "nir": Known(somebody.nir),
        "iban": account(rng, somebody.iban),
        "rpps": Known(medic.rpps, (("fr.rpps", medic.rpps),)),
        "medecin": surname(rng, medic.surname),
        "medecin.prenom": given(rng, medic.given),
    }


def hl7(somebody: Person, told: Cells) -> tuple[str, dict[str, Known]]:
    """An admission."""
    born = birth(somebody.born, "%Y%m%d")
    ins = Known(somebody.nir, (("fr.ins", somebody.nir),))
    text = (
        f"MSH|^~\\&|DPI|HOP|LABO|HOP|20260101120000||ADT^A01|{told['ipp'].text}|P|2.5\r"
        f"PID|1||{told['ipp'].text}^^^HOP^PI~{ins.text}^^^{INS}^INS||{told['nom'].text}^{told['prenom'].text}||"
        f"{born.text}0000|{told['sexe'].text}|||{told['adresse'].text}^^{told['ville'].text}^^"
        f"{told['code_postal'].text}^FRA||{told['telephone'].text}^PRN^PH~^NET^Internet^{told['courriel'].text}\r"
        f"PV1|1|I|||||{told['rpps'].text}^{told['medecin'].text}^{told['medecin.prenom'].text}^^^^^^ANS^D^^^RPPS\r"
    )
    names = "ipp nom prenom sexe code_postal telephone courriel".split()
    facts = {f"patient.{name}": told[name] for name in names}
    facts |= {"patient.ins": ins, "patient.date_naissance": born, "medecin.rpps": told["rpps"]}
    return text, facts | {"medecin.nom": told["medecin"], "medecin.prenom": told["medecin.prenom"]}


def hprim(somebody: Person, told: Cells) -> tuple[str, dict[str, Known]]:
    """A patient with a result."""
    born = birth(somebody.born, "%Y%m%d")
    text = (
        f"P|1||{told['ipp'].text}||{told['nom'].text}~{told['prenom'].text}||{born.text}|{told['sexe'].text}||"
        f"{told['adresse'].text}~~{told['ville'].text}~~{told['code_postal'].text}||{told['telephone'].text}|"
        f"{told['rpps'].text}~{told['medecin'].text}~{told['medecin.prenom'].text}\r\n"
        "OBX|1|NM|K1~Valeur~L||5.5|g/L\r\n"
    )
    names = "ipp nom prenom sexe code_postal telephone".split()
    facts = {f"patient.{name}": told[name] for name in names}
    facts |= {"patient.date_naissance": born, "medecin.rpps": told["rpps"]}
    return text, facts | {"medecin.nom": told["medecin"], "medecin.prenom": told["medecin.prenom"]}


def dsn(somebody: Person, told: Cells) -> tuple[str, dict[str, Known]]:
    """An individual with a payment."""
    born = birth(somebody.born, "%d%m%Y")
    number = Known(somebody.nir[:13], (("fr.nir13", somebody.nir[:13]),))
    code = Known("1" if somebody.sex == "M" else "2", (("any.sex", somebody.sex),))
    lines = {
        "001": ("numero_secu", number),
        "002": ("nom_famille", told["nom"]),
        "004": ("prenoms", told["prenom"]),
        "005": ("sexe", Known(f"0{code.text}", code.facts)),
        "006": ("date_naissance", born),
        "008": ("adresse", told["adresse"]),
        "009": ("code_postal", told["code_postal"]),
        "010": ("ville", told["ville"]),
        "018": ("courriel", told["courriel"]),
    }
    text = "".join(f"S21.G00.30.{code},'{cell.text}'\r\n" for code, (_, cell) in lines.items())
    return text, {f"salarie.{name}": cell for name, cell in lines.values()}


def fhir(somebody: Person, told: Cells) -> tuple[str, dict[str, Known]]:
    """A resource of one line."""
    born, number = birth(somebody.born, "%Y-%m-%d"), Known(somebody.nir, (("fr.ins", somebody.nir),))
    value = {
        "resourceType": "Patient",
        "identifier": [{"system": "urn:oid:1.2.250.1.213.1.4.8", "value": somebody.nir}],
        "name": [{"family": told["nom"].text, "given": [told["prenom"].text]}],
        "birthDate": born.text,
        "telecom": [{"system": "email", "value": told["courriel"].text}],
        "address": [{"city": told["ville"].text, "postalCode": told["code_postal"].text}],
    }
    facts = {
        "ins": number,
        "name[].family": told["nom"],
        "name[].given[]": told["prenom"],
        "birthDate": born,
        "telecom[].value": told["courriel"],
        "address[].postalCode": told["code_postal"],
    }
    return json.dumps(value, ensure_ascii=False) + "\n", facts


def sepa(somebody: Person, told: Cells) -> tuple[str, dict[str, Known]]:
    """A transfer."""
    text = (
        f"<CdtTrfTxInf><PmtId><EndToEndId>S{told['ipp'].text}</EndToEndId></PmtId>"
        f"<Cdtr><Nm>{told['nom'].text} {told['prenom'].text}</Nm></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{somebody.iban}</IBAN></Id></CdtrAcct></CdtTrfTxInf>\n"
    )
    return text, {"CdtrAcct.Id.IBAN": Known(somebody.iban, (("any.iban", somebody.iban),))}


PAIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">'
    "<CstmrCdtTrfInitn><PmtInf>\n"
)
FILES: dict[str, tuple[str, str, str, str, Callable[[Person, Cells], tuple[str, dict[str, Known]]]]] = {
    "admissions.hl7": ("hl7", "utf-8", "", "", hl7),
    "resultats.hpr": (
        "hprim",
        "cp1252",
        "H|~^\\&|l||LABO||ORU|||CAB||P|H2.2~C|202601011200\r\n",
        "L|1\r\n",
        hprim,
    ),
    "paie.edi": (
        "dsn",
        "cp1252",
        "S10.G00.00.001,'PAIE'\r\nS20.G00.05.002,'01'\r\n",
        "S90.G00.90.001,'9'\r\n",
        dsn,
    ),
    "patients.ndjson": ("fhir_lines", "utf-8", "", "", fhir),
    "virements.xml": ("xml", "utf-8", PAIN, "</PmtInf></CstmrCdtTrfInitn></Document>\n", sepa),
}


def health(leak: Leak) -> None:
    """Every file, and what it holds."""
    for name, (format, encoding, head, tail, write) in FILES.items():
        rng, texts = random.Random(SEED), []
        leak.truth.source(name, format)
        for number in range(PATIENTS):
            somebody = person(SEED, 600 + number)
            told = cells(somebody, doctor(SEED, 600 + number % 4), number, rng)
            text, facts = write(somebody, told)
            texts.append(text)
            leak.truth.record(name, number, (somebody.key,))
            for field, cell in facts.items():
                for kind, normal in facts_of(cell):
                    leak.truth.value(name, field, kind, normal)
        content = (head + "".join(texts) + tail).replace("Œ", "OE").replace("œ", "oe")
        leak.raw(name, content.encode(encoding))


def main() -> None:
    """Remove the pile and write it again."""
    shutil.rmtree(HERE / "health", ignore_errors=True)
    written("health", health)


if __name__ == "__main__":
    main()
