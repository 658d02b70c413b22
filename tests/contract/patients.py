"""A table and a letter of nobody, with a wrong key, a bad line and values in a note."""

from __future__ import annotations

from pathlib import Path

NIR = "185057800608491"
WRONG = "185057800608492"
MAIL = "lucie.canari@example.fr"
PATIENTS = (
    "nom;prenom;date_naissance;num_secu;telephone;courriel;note\n"
    f"MARTIN;Jean;12/03/1985;1 85 05 78 006 084 91;06 12 34 56 78;jean@example.fr;\n"
    f"DURAND;Lucie;1990-02-01;{WRONG};+33 6 12 34 56 79;{MAIL};écrire à {MAIL}\n"
    "PETIT;Anne;;;;;\n"
    "BAD;LINE\n"
    f"MOREAU;Paul;31/12/1979;{NIR};0033612345670;;voir {NIR} et jean@example.fr\n"
)


def lay(folder: Path) -> Path:
    """Write both into a new folder."""
    (folder / "inside").mkdir(parents=True)
    (folder / "patients.csv").write_text(PATIENTS, encoding="utf-8")
    (folder / "inside" / "lettre.txt").write_text(f"Assuré {NIR}.\nCourriel {MAIL}\n", encoding="utf-8")
    return folder
