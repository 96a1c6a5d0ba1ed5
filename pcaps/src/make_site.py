"""Fills a folder with the files that nginx serves: make_site.py FOLDER

Files of numbered rows make a range readable: every row of 16 bytes holds
its own offset.
"""
import os
import sys

MTIME = 1709690611      # 2024-03-06 02:03:31 GMT, so that ETags never change


def rows(size):
    return b"".join(b"offset %08d\n" % at for at in range(0, size, 16))[:size]


FILES = {
    "index.html": b"<html>\nThis is a test demo of CS305\n</html>\n",
    "hello.txt": b"Hello, CS305!\n",
    "a.txt": b"a" * 100 + b"\n", "b.txt": b"b" * 200 + b"\n", "c.txt": b"c" * 300 + b"\n",
    "video.mp4": rows(4702),        # the slide's two sizes
    "lecture.bin": rows(47022),
    "long.html": b"<p>the same words again and again</p>\n" * 100,
}


def main():
    for name, data in FILES.items():
        path = os.path.join(sys.argv[1], name)
        with open(path, "wb") as file:
            file.write(data)
        os.utime(path, (MTIME, MTIME))


if __name__ == "__main__":
    main()
