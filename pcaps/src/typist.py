"""Types lines into telnet as a person would: typist.py PORT LINE...

telnet wants a terminal, so it gets a pseudo terminal. Each line is typed
when the echo of the one before has come back; the end is Ctrl-] and `quit`.
"""
import os
import pty
import select
import sys


def wait_for(fd, text):
    seen = b""
    while text not in seen and select.select([fd], [], [], 5)[0]:
        try:
            seen += os.read(fd, 4096)
        except OSError:     # the terminal is gone with the program
            break
    return seen


def main():
    port, *lines = sys.argv[1:]
    pid, fd = pty.fork()
    if pid == 0:
        os.execlp("telnet", "telnet", "127.0.0.1", port)
    wait_for(fd, b"Escape character")
    for line in lines:
        os.write(fd, line.encode() + b"\n")
        # The terminal shows the line as typed, then again as echoed by the server.
        wait_for(fd, b"\n" + line.encode() + b"\r\n")
    os.write(fd, b"\x1d")
    wait_for(fd, b"telnet>")
    os.write(fd, b"quit\n")
    wait_for(fd, b"closed")
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
