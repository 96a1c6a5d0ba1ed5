"""WebSocket echo: the upgrade, then every text frame is sent back."""
import base64
import hashlib

from tinyhttp import CLOSE, answer, serve

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"      # RFC 6455, Section 1.3
TEXT, SHUT, PING, PONG = 1, 8, 9, 10


def frames(conn):
    """Frames from a client: always masked, here always below 126 bytes."""
    while True:
        head = conn.take(2)
        if len(head) < 2:
            return
        mask, data = conn.take(4), conn.take(head[1] & 127)
        yield head[0] & 15, bytes(b ^ mask[i % 4] for i, b in enumerate(data))


def handle(req):
    key = req.fields.get("sec-websocket-key")
    if not key:
        yield answer(b"WebSocket only\n", "426 Upgrade Required", "text/plain",
                     "Upgrade: websocket", "Connection: Upgrade")
        return
    accept = base64.b64encode(hashlib.sha1((key + MAGIC).encode()).digest())
    yield (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
           b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    for kind, data in frames(req.conn):
        reply = PONG if kind == PING else kind
        yield bytes([128 | reply, len(data)]) + data
        if kind == SHUT:
            yield CLOSE


if __name__ == "__main__":
    serve(handle)
