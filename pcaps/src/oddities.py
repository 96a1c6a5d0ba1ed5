"""Answers that break or strain the rules, one per path. See README.md."""
from tinyhttp import CLOSE, RST, serve


def ok(*fields, version="1.1", status="200 OK"):
    lines = [f"HTTP/{version} {status}", "Content-Type: text/plain", *fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


CHUNKED = "Transfer-Encoding: chunked"
ANSWERS = {
    # Promises 100 bytes, sends 10, closes.
    "/cl-short": [ok("Content-Length: 100") + b"0123456789", CLOSE],
    # No length: the body should end by FIN, but a RST comes.
    "/rst-body": [ok(), b"first part, ", 0.05, b"second part, ", 0.05, RST],
    # Both framings at once: RFC 9112 lets Transfer-Encoding win.
    "/cl-te": [ok("Content-Length: 3", CHUNKED) + b"5\r\nhello\r\n0\r\n\r\n", CLOSE],
    # Two lengths that differ: nobody can know where the body ends.
    "/dup-cl": [ok("Content-Length: 3", "Content-Length: 5") + b"hello", CLOSE],
    # A chunk size that is not hexadecimal.
    "/bad-chunk": [ok(CHUNKED) + b"zz\r\nabc\r\n0\r\n\r\n", CLOSE],
    # The chunk says 16 (hex 10), only 5 bytes come, then FIN.
    "/chunk-cut": [ok(CHUNKED) + b"10\r\nhello", CLOSE],
    # HTTP/1.0 does not know chunks.
    "/chunked-http10": [ok(CHUNKED, version="1.0") + b"5\r\nhello\r\n0\r\n\r\n", CLOSE],
    # A 204 has no body; these two bytes stand where the next answer begins.
    "/body-204": [ok("Content-Length: 2", status="204 No Content") + b"ok"],
    # Three bytes too many behind a body of three.
    "/excess-bytes": [ok("Content-Length: 3") + b"abcDEF"],
    "/bare-lf": [b"HTTP/1.1 200 OK\nContent-Type: text/plain\n"
                 b"Content-Length: 8\n\nbare LF\n"],
    # A field value continued on the next line, abolished by RFC 7230.
    "/obs-fold": [ok("X-Long: first half,\r\n second half", "Content-Length: 5") + b"fold\n"],
    "/after": [ok("Content-Length: 6") + b"after\n"],
    # HTTP/0.9: no head at all, the end of the stream is the end of the page.
    "/http09": [b"<html>only a body, as in HTTP/0.9</html>\n", CLOSE],
    # Says bytes 1900-2900 but starts at 0 and sends 500 of them.
    "/range-wrong": [ok("Content-Range: bytes 1900-2900/4702", "Content-Length: 500",
                        status="206 Partial Content") + b"x" * 500],
    # The range asked for is 1900-2900; the answer is another one.
    "/range-other": [ok("Content-Range: bytes 0-99/4702", "Content-Length: 100",
                        status="206 Partial Content") + b"y" * 100],
}


def handle(req):
    yield from ANSWERS.get(req.path, [ok("Content-Length: 0", status="404 Not Found")])


if __name__ == "__main__":
    serve(handle)
