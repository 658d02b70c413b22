"""The digests of common passwords are right, so that a hit proves a family."""

from __future__ import annotations

import pytest

from tocsin.kinds.known import UNSALTED, is_common, known_family, md4, mysql323

# RFC 1320, appendix A.5.
MD4 = (
    (b"", "31d6cfe0d16ae931b73c59d7e0c089c0"),
    (b"a", "bde52cb31de33e46245e05fbdbd6fb24"),
    (b"abc", "a448017aaf21d8525fc10ae87aa6729d"),
    (b"message digest", "d9130a8164549fe818874806e1c7014b"),
    (b"abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"),
    (b"1234567890" * 8, "e33b4ddc9c38f2199c3e7b164fcc0536"),
)
# The test vectors of passlib 1.7.4, and hashcat's examples (the password is `hashcat`).
OTHERS = (
    ("mysql323", b"drew", "697a7de87c5390b2"),
    ("mysql323", b"password", "5d2e19393cc5ef67"),
    ("mysql323", b"hashcat", "7196759210defdc0"),
    ("ntlm", b"OLDPASSWORD", "6677b2c394311355b54f25eec5bfacf5"),
    ("ntlm", b"hashcat", "b4b9b02e6f09a9bd760f388b67351e2b"),
    ("mysql41", b"verysecretpassword", "*2c905879f74f28f8570989947d06a8429fb943e6"),
    ("ldap_md5", b"helloworld", "{MD5}/F4DjTilcDIIVEHn/nAQsA=="),
    ("ldap_sha", b"helloworld", "{SHA}at+xg6SiyUovktq1redipHiJpaE="),
    ("sha256", b"hashcat", "127e6fbfe24a750e72930c220a8e138275656b8e5d8f48a98c3c92df2caba935"),
)


@pytest.mark.parametrize(("message", "digest"), MD4)
def test_md4_agrees_with_rfc_1320(message: bytes, digest: str) -> None:
    assert md4(message).hex() == digest


@pytest.mark.parametrize(("family", "secret", "digest"), OTHERS)
def test_digests_agree_with_published_vectors(family: str, secret: bytes, digest: str) -> None:
    assert UNSALTED[family](secret) == digest


@pytest.mark.parametrize("family", UNSALTED)
def test_a_common_password_proves_its_family(family: str) -> None:
    assert known_family(UNSALTED[family](b"azerty")) == family


def test_capital_digits_are_the_same_and_strangers_are_unknown() -> None:
    assert known_family(UNSALTED["md5"](b"123456").upper()) == "md5"
    assert known_family(UNSALTED["md5"](b"no common password, this one")) is None


def test_the_old_digest_of_mysql_passes_over_blanks() -> None:
    assert mysql323(b"pass word") == mysql323(b"password")


def test_common_passwords_in_clear() -> None:
    assert is_common("azerty")
    assert not is_common("Tr0ub4dor&3")
