"""Coders' passwords: a database needs one for each coder, the graph keeps none.

DNA keeps the form of Jasypt's StrongPasswordEncryptor (http://www.jasypt.org/api/jasypt/1.9.3/):
16 bytes of salt, and SHA-256 of salt and password, digested 100,000 times, together in Base64.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

DEFAULT_PASSWORD = "dna"
"""What every coder's password is in a database that is written without the real ones."""

ROUNDS = 100_000
SALT_BYTES = 16


def password_hash(password: str, salt: bytes) -> str:
    """The hash of a password in DNA's form; raises `ValueError` for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    digest = salt + password.encode()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


@cache
def default_hash() -> str:
    """The hash of `DEFAULT_PASSWORD`; the password is known, so its salt may be as well.

    >>> len(default_hash())
    64
    """
    return password_hash(DEFAULT_PASSWORD, hashlib.sha256(b"APRO-KG").digest()[:SALT_BYTES])
