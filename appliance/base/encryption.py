"""Short secrets that have to be read again, encrypted and authenticated (AES-256-GCM)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class WrongKeyError(Exception):
    """Another key, another context, or something was changed."""


def encrypt(key: bytes, plain: bytes, context: str) -> bytes:
    """With a key of 32 bytes. `context` says whose it is: under another one it cannot be read."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def decrypt(key: bytes, encrypted: bytes, context: str) -> bytes:
    """Raises WrongKeyError."""
    try:
        return AESGCM(key).decrypt(encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError from error
