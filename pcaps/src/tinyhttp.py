"""A small server whose handlers choose every byte that goes on the wire.

A handler is a generator called once per request. Each value it yields is one
step: bytes are sent (one send, hence one segment on loopback), a number is a
pause in seconds, CLOSE ends the connection with FIN, RST ends it with RST.
A handler that yields neither leaves the connection open for the next request.
"""
import re
import socket
import struct
import sys
import threading
import time

CLOSE, RST = object(), object()
# Bare LF must pass: one of the captures is about exactly that.
HEAD_END = re.compile(rb"\r?\n\r?\n")


class Request:
    """One request head; the body is read only when somebody asks for it,
    because a server may refuse (417) or invite (100) it first."""

    def __init__(self, conn, head):
        self.conn, self.read = conn, False
        first, *lines = re.split(r"\r?\n", head.decode("latin-1"))
        self.method, self.target, self.version = (first.split(" ") + ["", ""])[:3]
        self.path = self.target.partition("?")[0]
        self.fields = {}
        for line in lines:
            name, _, value = line.partition(":")
            self.fields[name.strip().lower()] = value.strip()

    def body(self):
        self.read = True
        if "chunked" in self.fields.get("transfer-encoding", ""):
            return self.conn.take_until(b"0\r\n\r\n")
        return self.conn.take(int(self.fields.get("content-length", 0)))


class Connection:
    def __init__(self, sock):
        # Without Nagle every step is a segment of its own, on every machine.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock, self.buf = sock, b""

    def fill(self):
        data = self.sock.recv(65536)
        self.buf += data
        return bool(data)

    def take(self, count):
        while len(self.buf) < count and self.fill():
            pass
        data, self.buf = self.buf[:count], self.buf[count:]
        return data

    def take_until(self, mark):
        while mark not in self.buf and self.fill():
            pass
        return self.take(self.buf.find(mark) + len(mark))

    def request(self):
        while not (end := HEAD_END.search(self.buf)):
            if not self.fill():
                return None
        head, self.buf = self.buf[:end.start()], self.buf[end.end():]
        return Request(self, head)

    def perform(self, steps):
        """Run a handler's steps; False when the connection is over."""
        for step in steps:
            if step is CLOSE:
                return False
            if step is RST:
                # Linger time 0 makes close() send RST in place of FIN.
                linger = struct.pack("ii", 1, 0)
                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return False
            if isinstance(step, bytes):
                self.sock.sendall(step)
            else:
                time.sleep(step)
        return True


def talk(sock, handler, wrap):
    try:
        conn = Connection(wrap(sock))
        while req := conn.request():
            open_ = conn.perform(handler(req))
            if open_ and not req.read and "expect" not in req.fields:
                req.body()
            if not open_ or req.fields.get("connection", "").lower() == "close":
                break
        conn.sock.close()
    except OSError as err:
        print("connection ended:", err)
    finally:
        sock.close()


def serve(handler, port=None, host="127.0.0.1", wrap=lambda sock: sock):
    """Serve for ever. The port comes from the command line unless given."""
    port = port or int(sys.argv[1])
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=32)
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=talk, args=(sock, handler, wrap), daemon=True).start()


def answer(body=b"", status="200 OK", kind="text/plain", *more):
    """A plain response with Content-Length; `more` are whole field lines."""
    lines = [f"HTTP/1.1 {status}", "Date: Wed, 06 Mar 2024 02:03:31 GMT",
             f"Content-Type: {kind}", *more, f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
