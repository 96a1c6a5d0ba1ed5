r"""Send given bytes on one connection: raw_client.py [OPTIONS] PORT STEP...

A STEP is bytes with escapes such as \r\n, sent at once and followed by
reading until the server has been silent for 0.2 s; or +BYTES, sent without
reading afterwards; or a plain number, a pause in seconds.
--keepalive makes the kernel probe the idle connection once a second.
"""
import argparse
import re
import socket
import time


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keepalive", action="store_true")
    parser.add_argument("port", type=int)
    parser.add_argument("steps", nargs="+")
    return parser.parse_args()


def drain(sock):
    sock.settimeout(0.2)
    try:
        while sock.recv(65536):
            pass
    except socket.timeout:
        pass


def connect(args):
    sock = socket.create_connection(("127.0.0.1", args.port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if args.keepalive:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    return sock


def main():
    args = options()
    with connect(args) as sock:
        for step in args.steps:
            if re.fullmatch(r"[0-9.]+", step):
                time.sleep(float(step))
                continue
            data = step.removeprefix("+")
            sock.settimeout(None)
            sock.sendall(data.encode().decode("unicode_escape").encode("latin-1"))
            if data == step:
                drain(sock)
            else:
                time.sleep(0.05)        # keeps it a segment of its own


if __name__ == "__main__":
    main()
