"""A tiny forward proxy: CONNECT makes a tunnel, an absolute URL is fetched."""
import socket
import threading
from urllib.parse import urlsplit

from tinyhttp import CLOSE, answer, serve


def pump(source, target):
    """Copy one direction until its end, then pass the end on as well."""
    while data := source.recv(65536):
        target.sendall(data)
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass        # the other side has already gone


def tunnel(req):
    host, _, port = req.target.rpartition(":")
    far = socket.create_connection((host, int(port)))
    yield b"HTTP/1.1 200 Connection established\r\nVia: 1.1 tiny-proxy\r\n\r\n"
    near = req.conn.sock
    back = threading.Thread(target=pump, args=(far, near))
    back.start()
    pump(near, far)
    back.join()
    far.close()
    yield CLOSE


def fetch(req):
    url = urlsplit(req.target)
    with socket.create_connection((url.hostname, url.port or 80)) as far:
        far.sendall(f"{req.method} {url.path or '/'} HTTP/1.1\r\nHost: {url.netloc}\r\n"
                    "Via: 1.1 tiny-proxy\r\nConnection: close\r\n\r\n".encode())
        while data := far.recv(65536):
            yield data
    yield CLOSE


def handle(req):
    if req.method == "CONNECT":
        yield from tunnel(req)
    elif req.target.startswith("http://"):
        yield from fetch(req)
    else:
        yield answer(b"I am a proxy\n", "400 Bad Request")


if __name__ == "__main__":
    serve(handle)
