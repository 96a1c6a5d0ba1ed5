"""br and zstd without a Python module: straight from the C libraries that
Debian's curl is linked to (libbrotli1, libzstd1)."""
import ctypes


def brotli(data):
    lib = ctypes.CDLL("libbrotlienc.so.1")
    size = ctypes.c_size_t(len(data) + 1024)
    out = ctypes.create_string_buffer(size.value)
    # quality 11, window 2^22, mode 1 = text
    if not lib.BrotliEncoderCompress(11, 22, 1, ctypes.c_size_t(len(data)), data,
                                     ctypes.byref(size), out):
        raise RuntimeError("brotli failed")
    return out.raw[:size.value]


def zstd(data):
    lib = ctypes.CDLL("libzstd.so.1")
    lib.ZSTD_compress.restype = ctypes.c_size_t
    out = ctypes.create_string_buffer(len(data) + 1024)
    size = lib.ZSTD_compress(out, ctypes.c_size_t(len(out)), data,
                             ctypes.c_size_t(len(data)), 19)
    if lib.ZSTD_isError(ctypes.c_size_t(size)):
        raise RuntimeError("zstd failed")
    return out.raw[:size]


if __name__ == "__main__":
    print(len(brotli(b"a" * 1000)), len(zstd(b"a" * 1000)))
