"""WebSocket client: upgrade, two texts, a ping, close. ws_client.py PORT"""
import socket
import sys

# The example key of RFC 6455, so that the answer can be looked up there.
UPGRADE = (b"GET /chat HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUpgrade: websocket\r\n"
           b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           b"Sec-WebSocket-Version: 13\r\n\r\n")
MASK = bytes.fromhex("37fa213d")                    # also the RFC's


def frame(kind, data):
    masked = bytes(b ^ MASK[i % 4] for i, b in enumerate(data))
    return bytes([128 | kind, 128 | len(data)]) + MASK + masked


def main():
    sock = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    close = frame(8, b"\x03\xe8bye")                # 1000, normal closure
    for message in (UPGRADE, frame(1, b"Hello"), frame(9, b"ping"),
                    frame(1, "grüß dich".encode()), close):
        sock.sendall(message)
        print(sock.recv(4096))
    sock.close()


if __name__ == "__main__":
    main()
