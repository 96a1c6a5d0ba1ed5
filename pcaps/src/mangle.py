"""Damage a capture on purpose: mangle.py OPERATION IN OUT

drop N       leave packet N out
dup N        repeat packet N after packet N+1
ahead M N    packet M overtakes packet N, which stood before it
from N       start with packet N
The operation is one argument. Times stay in order: a moved packet takes the
time of the place it moves to.
"""
import struct
import sys


def load(path):
    with open(path, "rb") as file:
        data = file.read()
    packets, at = [], 24
    while at < len(data):
        stamp, (caplen, length) = data[at:at + 8], struct.unpack("<II", data[at + 8:at + 16])
        packets.append((stamp, length, data[at + 16:at + 16 + caplen]))
        at += 16 + caplen
    return data[:24], packets


def save(path, head, packets, stamps):
    with open(path, "wb") as file:
        file.write(head)
        for stamp, (_, length, data) in zip(stamps, packets):
            file.write(stamp + struct.pack("<II", len(data), length) + data)


def mangle(packets, operation, n, before=None):
    """The packets in their new order; n and before count from 1."""
    i = n - 1
    if operation == "drop":
        return packets[:i] + packets[n:]
    if operation == "dup":
        return packets[:n + 1] + [packets[i]] + packets[n + 1:]
    if operation == "ahead":
        j = before - 1
        return packets[:j] + [packets[i]] + packets[j:i] + packets[n:]
    return packets[i:]      # from


def main():
    operation, source, target = sys.argv[1:]
    head, packets = load(source)
    name, *numbers = operation.split()
    result = mangle(packets, name, *map(int, numbers))
    stamps = sorted((packet[0] for packet in result), key=lambda s: struct.unpack("<II", s))
    save(target, head, result, stamps)


if __name__ == "__main__":
    main()
