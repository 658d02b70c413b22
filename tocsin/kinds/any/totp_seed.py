"""The seed of a second factor (TOTP): whoever has it makes the codes."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def fake(rng: random.Random) -> str:
    """An address of provisioning or a seed, of no account in particular."""
    seed = "".join(rng.choice(BASE32) for _ in range(rng.choice((16, 32))))
    seed = f"7{seed[1:]}"
    return f"otpauth://totp/Lilas:agent?secret={seed}" if rng.random() < 0.4 else seed


KIND = Kind(
    name="any.totp_seed",
    label={"fr": "graine de double authentification (TOTP)", "en": "seed of a second factor (TOTP)"},
    category=Category.CREDENTIAL,
    pattern="otpauth://[th]otp/[0-9A-Za-z%:@._~/?&=+-]{0,160}[0-9A-Za-z]|[A-Z2-7]{16}|[A-Z2-7]{26}|[A-Z2-7]{32}|[A-Z2-7]{52}",
    needs=Needs.CONTEXT,
    headers=(
        "totp", "totp secret", "totp seed", "otp secret", "otp seed", "secret otp", "two factor secret", "twofactor secret", "mfa secret", "mfa seed",
        "2fa secret", "google authenticator secret", "graine totp", "cle totp", "secret totp", "otp key", "hotp secret",
    ),
    context=("totp", "otpauth", "otp", "2fa", "mfa", "authenticator", "double authentification", "second facteur"),
    fake=fake,
    valid=examples("Google Authenticator, Key URI Format, and RFC 6238 appendix B in base 32", "JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example"),
    invalid=("JBSWY3DPEHPK3PX1", "JBSWY3DP", "otpauth://sms/x"),
    in_text=(
        ("Double authentification, graine TOTP JBSWY3DPEHPK3PXP", ("JBSWY3DPEHPK3PXP",)),
        ("2fa secret: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",)),
        ("Activez la double authentification dès ce soir.", ()),
    ),
    citations=(
        remembered("RFC 6238: TOTP: Time-Based One-Time Password Algorithm", "https://www.rfc-editor.org/rfc/rfc6238"),
        remembered("Google Authenticator wiki, Key URI Format", "https://github.com/google/google-authenticator/wiki/Key-Uri-Format"),
    ),
    dpv="https://w3id.org/dpv/pd#SecretText",
    note={
        "fr": "Seize lettres peuvent être un mot : l'en-tête ou le contexte est nécessaire.",
        "en": "Sixteen letters may be a word: a header or context is needed.",
    },
)
