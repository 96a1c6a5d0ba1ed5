"""The same IP packets under another link layer: relink.py KIND IN OUT

null   4-byte family header, as Npcap (Windows) and macOS write on loopback
raw    bare IP packets
big    Ethernet unchanged, but the file in big-endian byte order
"""
import struct
import sys

from mangle import load

LINKTYPE = {"null": 0, "raw": 101, "big": 1}


def cut(kind, data, length):
    """Replace the 14 bytes of Ethernet that lo has on Linux."""
    if kind == "big":
        return data, length
    front = struct.pack("<I", 2) if kind == "null" else b""     # 2 is AF_INET
    return front + data[14:], length - 14 + len(front)


def main():
    kind, source, target = sys.argv[1:]
    _, packets = load(source)
    order = ">" if kind == "big" else "<"
    with open(target, "wb") as file:
        file.write(struct.pack(order + "IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144,
                               LINKTYPE[kind]))
        for stamp, length, data in packets:
            data, length = cut(kind, data, length)
            times = struct.unpack("<II", stamp)
            file.write(struct.pack(order + "IIII", *times, len(data), length) + data)


if __name__ == "__main__":
    main()
