"""Runs one of the lab's programs on a free port of 127.0.0.1 and writes down its
socket calls, one a line: `listen PORT`, `send HEX`.

usage: record.py LOG PROGRAM [ARGUMENT...]
PROGRAM is a file, or the name of a module to run as `python3 -m` does.
"""
import os
import runpy
import socket
import sys

log = open(sys.argv[1], "w", buffering=1)
bind, listen = socket.socket.bind, socket.socket.listen
send, sendall = socket.socket.send, socket.socket.sendall


def free_port(self, address):
    return bind(self, ("127.0.0.1", 0))


def logged_listen(self, *backlog):
    listen(self, *backlog)
    log.write("listen %d\n" % self.getsockname()[1])


def logged(call):
    def sending(self, data, *flags):
        log.write("send %s\n" % bytes(data).hex())
        return call(self, data, *flags)
    return sending


socket.socket.bind, socket.socket.listen = free_port, logged_listen
socket.socket.send, socket.socket.sendall = logged(send), logged(sendall)
# A full name is looked up in the DNS, which a test must not wait for.
socket.getfqdn = lambda name="": name

try:
    import flask
    run = flask.Flask.run
    # With debug=True a reloader runs the program a second time, without this file,
    # and an error is answered by a traceback of this machine.
    flask.Flask.run = lambda self, **named: run(self, **named | {"debug": False})
except ImportError:
    pass

program, sys.argv = sys.argv[2], sys.argv[2:]
if os.path.exists(program):
    runpy.run_path(program, run_name="__main__")
else:
    runpy.run_module(program, run_name="__main__", alter_sys=True)
