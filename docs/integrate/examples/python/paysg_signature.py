import hashlib
import hmac
import time

TOLERANCE_MS = 5 * 60 * 1000


def is_from_paysg(raw_body: bytes, header: str, secret: str, now_ms=None) -> bool:
    now_ms = time.time() * 1000 if now_ms is None else now_ms
    parts = [part.strip() for part in header.split(",")]
    sent = next((part[2:] for part in parts if part.startswith("t=")), "")
    if not (sent.isascii() and sent.isdigit()) or abs(now_ms - int(sent)) > TOLERANCE_MS:
        return False
    expected = hmac.new(secret.encode(), sent.encode() + b"." + raw_body, hashlib.sha256).hexdigest()
    return any(
        hmac.compare_digest(part[3:].encode(), expected.encode())
        for part in parts
        if part.startswith("v1=")
    )
