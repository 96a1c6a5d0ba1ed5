"""HTTPS with Python's ssl module: secure.py PORT CERT KEY [PAGE-FILE]

Without a page file every path is answered with a short text and a Secure
cookie; with one, / gives that page and a second cookie that is not Secure.
"""
import ssl
import sys

from tinyhttp import answer, serve

COOKIE = "Set-Cookie: sessionid=3a4b5e; Path=/; Secure; HttpOnly"


def handle(req):
    if len(sys.argv) > 4 and req.path == "/":
        with open(sys.argv[4], "rb") as page:
            yield answer(page.read(), "200 OK", "text/html", COOKIE,
                         "Set-Cookie: theme=dark; Path=/")
    elif req.method == "POST":
        yield answer(b"received %d bytes\n" % len(req.body()), "200 OK", "text/plain", COOKIE)
    else:
        yield answer(b"secret page %s\n" % req.path.encode(), "200 OK", "text/plain", COOKIE)


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    serve(handle, wrap=lambda sock: context.wrap_socket(sock, server_side=True))


if __name__ == "__main__":
    main()
