"""Well-formed answers about framing, timing, coding and status codes."""
import gzip
import zlib

from codings import brotli, zstd
from tinyhttp import CLOSE, answer, serve

ALPHABET = b"abcdefghijklmnopqrstuvwxyz1234567890abcdef"   # the slide's 42 bytes
# The slide's head, date included.
SLIDE = (b"HTTP/1.1 200 OK\r\nDate: Wed, 19 Mar 2008 01:46:57 GMT\r\n"
         b"Content-Type: text/plain\r\n")
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
PROSE = b"".join(b"line %03d: the same words again and again\n" % n for n in range(120))


def chunk(data, extension=b""):
    return b"%x%s\r\n%s\r\n" % (len(data), extension, data)


def content_length_42(req):
    yield SLIDE + b"Content-Length: 42\r\n\r\n" + ALPHABET


def chunked_42(req):
    yield SLIDE + CHUNKED
    yield chunk(ALPHABET[:26])
    yield chunk(ALPHABET[26:])
    yield b"0\r\n\r\n"


PARTS = [b"part %d of 5, ready after %d ms\n" % (n, n * 100) for n in range(1, 6)]


def slow_chunked(req):
    yield SLIDE + CHUNKED
    for part in PARTS:
        yield 0.1
        yield chunk(part)
    yield b"0\r\n\r\n"


def slow_buffered(req):
    yield 0.5           # the same five parts, but collected before the first byte
    yield answer(b"".join(PARTS))


def chunk_trailers(req):
    yield SLIDE + b"Trailer: X-Checksum, X-Took\r\n" + CHUNKED
    yield chunk(ALPHABET[:26], b';name="letters"')
    yield chunk(ALPHABET[26:], b";last")
    yield b"0\r\nX-Checksum: crc32=%08x\r\n" % zlib.crc32(ALPHABET)
    yield b"X-Took: 1 ms\r\n\r\n"


def three(req):
    """The slide with three messages: 100, 200 and 120 bytes, the last closes."""
    size = {"/first": 100, "/second": 200}.get(req.path)
    if size:
        yield answer(b"." * size)
    else:
        yield answer(b"." * 120, "200 OK", "text/plain", "Connection: close")
        yield CLOSE


def sse(req):
    yield (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
           b"Cache-Control: no-store\r\n" + CHUNKED)
    for n in range(1, 6):
        yield chunk(b"id: %d\nevent: tick\ndata: {\"n\": %d}\n\n" % (n, n))
        yield 0.1
    yield b"0\r\n\r\n"


def early_hints(req):
    yield b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n"
    yield 0.1
    yield answer(b"<link rel=stylesheet href=/style.css>\n", "200 OK", "text/html")


def upload(req):
    """Invites the body with 100 if the client waits for that."""
    if req.fields.get("expect") == "100-continue":
        yield b"HTTP/1.1 100 Continue\r\n\r\n"
    yield answer(b"received %d bytes\n" % len(req.body()))


def refuse(req):
    """Does not want to be asked: 417, and the client tries without Expect."""
    if "expect" in req.fields:
        yield answer(b"no Expect here\n", "417 Expectation Failed", "text/plain",
                     "Connection: close")
        yield CLOSE
    else:
        yield from upload(req)


def deflated(raw):
    coder = zlib.compressobj(9, zlib.DEFLATED, -15 if raw else 15)
    return coder.compress(PROSE) + coder.flush()


def coded(name, data):
    def handler(req):
        yield answer(data(), "200 OK", "text/plain", "Content-Encoding: " + name,
                     "Vary: Accept-Encoding")
    return handler


def gzip_chunked(req):
    """Coded first, chunked after: undone in the other order."""
    data = gzip.compress(PROSE, 9, mtime=0)
    yield SLIDE + b"Content-Encoding: gzip\r\n" + CHUNKED
    yield chunk(data[:100])
    yield chunk(data[100:])
    yield b"0\r\n\r\n"


ROUTES = {
    "/content-length-42": content_length_42, "/chunked-42": chunked_42,
    "/slow-chunked": slow_chunked, "/slow-buffered": slow_buffered,
    "/chunk-trailers": chunk_trailers, "/first": three, "/second": three,
    "/third": three, "/sse": sse, "/early-hints": early_hints,
    "/upload": upload, "/refuse": refuse, "/gzip-chunked": gzip_chunked,
    "/gzip": coded("gzip", lambda: gzip.compress(PROSE, 9, mtime=0)),
    "/deflate": coded("deflate", lambda: deflated(False)),
    "/deflate-raw": coded("deflate", lambda: deflated(True)),
    "/br": coded("br", lambda: brotli(PROSE)),
    "/zstd": coded("zstd", lambda: zstd(PROSE)),
}


def handle(req):
    route = ROUTES.get(req.path)
    yield from route(req) if route else [answer(b"not here\n", "404 Not Found")]


if __name__ == "__main__":
    serve(handle)
