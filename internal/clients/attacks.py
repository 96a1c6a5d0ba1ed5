"""Attacks the lab's servers on 127.0.0.1 in the way that is named, and asks afterwards what they should answer."""
import os, random, resource, socket, sys, time

SITE, DIRECTORY, FORM, HELLO, FIXED, RAW, ECHO, THREADS = 8080, 8000, 8001, 8081, 8082, 8083, 5555, 5556
HTTP = [SITE, DIRECTORY, FORM, HELLO, FIXED, RAW]
MEGABYTE = b"a" * (1 << 20)
resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))


def connect(port, timeout=20):
    return socket.create_connection(("127.0.0.1", port), timeout)


def ask(port, request, timeout=20):
    with connect(port, timeout) as s:
        s.sendall(request)
        s.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while more := s.recv(65536):
                answer += more
        except ConnectionResetError:
            pass
        return answer


def get(port, path="/", host="localhost"):
    return ask(port, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("latin-1"))


def pour(port, begin, megabytes=64):
    """Sends without an end, until the server has enough."""
    try:
        with connect(port, 3) as s:
            s.sendall(begin)
            for _ in range(megabytes):
                s.sendall(MEGABYTE)
    except (ConnectionError, TimeoutError):
        pass


def silent():
    return [connect(port) for port in HTTP + [THREADS] for _ in range(300)]


def slow():
    held = [connect(port) for port in HTTP for _ in range(100)]
    for c in b"GET / HTTP/1.1\r\nHost: a\r\n":
        for s in held:
            try:
                s.sendall(bytes([c]))
            except ConnectionError:
                pass
        time.sleep(0.05)
    return held


def head():
    for port in HTTP:
        pour(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        pour(port, b"GET /")
    for port in (ECHO, THREADS):
        pour(port, b"", 8)


def chunks():
    for port in HTTP:
        pour(port, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\na=")


def length():
    for port in HTTP:
        for size in (b"99999999999999999999", b"-1", b"68719476736"):
            pour(port, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " + size + b"\r\n\r\n--b\r\n", 8)


def unread():
    held = []
    for port in HTTP:
        for _ in range(20):
            s = connect(port)
            s.setblocking(False)
            try:
                while True:
                    s.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 100)
            except (BlockingIOError, ConnectionError):
                pass
            held.append(s)
    return held


def paths():
    above = ["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/.%2e/outside.txt", "/inside.txt/../../outside.txt", "//../outside.txt",
             "/..\\outside.txt", "/%2e%2e%5coutside.txt", "/link.txt", "/./link.txt", "/..;/outside.txt", "/%00/../outside.txt", "/" + "../" * 40 + "etc/passwd",
             "/" + "%2e%2e/" * 40 + "etc/passwd", "http://localhost/../outside.txt", "/proc/self/environ", "/\u00c0\u00ae\u00c0\u00ae/outside.txt"]
    for path in above:
        answer = get(DIRECTORY, path)
        if b"the secret" in answer or b"root:" in answer:
            sys.exit(f"{path} gives {answer!r}")


def names():
    for port in (SITE, DIRECTORY, FORM):
        for host in ("evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.nip.io"):
            answer = get(port, "/inside.txt" if port == DIRECTORY else "/", host)
            if b" 421 " not in answer.split(b"\r\n")[0] or b"for all" in answer:
                sys.exit(f"{host} at port {port} gets {answer[:200]!r}")


def noise():
    rng = random.Random(5)
    for port in HTTP + [ECHO, THREADS]:
        for _ in range(10):
            try:
                ask(port, rng.randbytes(rng.randrange(1, 2000)), 1)
            except (ConnectionError, TimeoutError):
                pass


held = globals()[sys.argv[1]]()
for port, path, want in ((SITE, "/", b"200 OK"), (DIRECTORY, "/inside.txt", b"for all"), (FORM, "/", b"200 OK"), (HELLO, "/", b"200 OK"), (FIXED, "/", b"200 OK")):
    if want not in get(port, path):
        sys.exit(f"port {port} does not answer")
with connect(THREADS) as s:
    s.sendall(b"hello")
    if s.recv(100) != b"hello":
        sys.exit("the echo is not one")
print("they answer")
