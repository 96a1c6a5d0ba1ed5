"""Lab demo 1: echo server on port 5555, one client at a time.

It ends a client only on the four bytes `exit`; a telnet on Linux sends
`exit` + CR LF, which is echoed like anything else. That is the lesson.
"""
import socket


def echo():
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.bind(("127.0.0.1", 5555))
    sock.listen(10)
    sock.settimeout(0.5)
    while True:
        try:
            conn, address = sock.accept()
            while True:
                data = conn.recv(2048)
                if data and data != b"exit":
                    conn.send(data)
                    print(data)
                else:
                    conn.close()
                    break
        except socket.timeout:
            continue


if __name__ == "__main__":
    try:
        echo()
    except KeyboardInterrupt:
        pass
