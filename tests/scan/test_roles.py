"""Whose a column is: patient, doctor, insured, staff."""

from __future__ import annotations

import pytest

from tocsin.scan.roles import mentions


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        (("nom", "prenom", "nom_epouse", "nom_naissance"), (0, 0, 0, 0)),
        (("nom", "medecin_prescripteur", "rpps", "ville"), (0, 1, 1, 0)),
        (("patient.nom", "patient.nir", "prescripteur.nom", "prescripteur.rpps"), (0, 0, 1, 1)),
        (("beneficiaire_nom", "assure_nir", "assure_nom", "medecin"), (0, 1, 1, 2)),
        (("assure_nom", "assure_nir", "montant"), (0, 0, 0)),
        (("medecin_nom", "rpps", "adeli"), (0, 0, 0)),
        (("NomPatient", "TelMedecin", "contact_urgence_tel"), (0, 1, 2)),
        (("id", "montant", "date"), (0, 0, 0)),
        (("nom", "nom_pere", "nom_mere"), (0, 1, 1)),
        (("cree_par_agent", "courriel"), (1, 0)),
    ],
)
def test_columns_belong_to_the_persons_that_their_headers_name(
    fields: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    assert tuple(mentions(fields).values()) == numbers
