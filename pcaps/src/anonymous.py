#!/usr/bin/env python3
"""Takes the names of processor and system out of a little-endian pcapng file, in place.

usage: anonymous.py FILE

Blanks shb_hardware (2) and shb_os (3) of section headers and if_os (12) of interface descriptions; lengths stay.
"""
import struct, sys

SECTION, INTERFACE = 0x0A0D0D0A, 1
NAMES = {SECTION: (24, {2, 3}), INTERFACE: (16, {12})}

def blank(data, at, end, codes):
    while at + 4 <= end:
        code, length = struct.unpack_from("<HH", data, at)
        if code == 0:
            return
        if code in codes:
            data[at + 4 : at + 4 + length] = b"anonymous".ljust(length)[:length]
        at += 4 + (length + 3) // 4 * 4

def main():
    data = bytearray(open(sys.argv[1], "rb").read())
    at = 0
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<II", data, at)
        if kind in NAMES:
            skip, codes = NAMES[kind]
            blank(data, at + skip, at + length - 4, codes)
        at += length
    open(sys.argv[1], "wb").write(data)

main()
