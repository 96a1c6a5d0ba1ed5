"""A page with twelve images, for a browser to load over parallel connections."""
import struct
import zlib

from tinyhttp import answer, serve

IMAGES = [f"/image{n:02d}.png" for n in range(1, 13)]
PAGE = ("<!DOCTYPE html><title>Twelve images</title>\n"
        + "".join(f'<img src="{name}" alt="">\n' for name in IMAGES)).encode()


def png(n, side=16):
    """A small PNG in one colour, other for every n."""
    def part(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    row = b"\0" + bytes([n * 20, 255 - n * 20, 128]) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head)
            + part(b"IDAT", zlib.compress(row * side)) + part(b"IEND", b""))


def handle(req):
    if req.path == "/":
        yield answer(PAGE, "200 OK", "text/html; charset=utf-8")
    elif req.path in IMAGES:
        yield 0.1       # slow enough that one connection would not do
        yield answer(png(IMAGES.index(req.path) + 1), "200 OK", "image/png")
    else:
        yield answer(b"not here\n", "404 Not Found")


if __name__ == "__main__":
    serve(handle)
