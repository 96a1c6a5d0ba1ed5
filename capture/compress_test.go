package capture

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func zstded(b []byte) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	defer w.Close()
	return w.EncodeAll(b, nil)
}

func TestCompressed(t *testing.T) {
	b, ends := conversation(60)
	want, _ := mustRead(t, b)
	cut := ends[20]
	for name, c := range map[string][]byte{
		"gzip": gzipped(b), "gzip, two members": cat(gzipped(b[:cut]), gzipped(b[cut:])),
		"zstd": zstded(b), "zstd, two frames": cat(zstded(b[:cut]), zstded(b[cut:])),
		"zstd behind a skippable frame": cat([]byte{0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3}, zstded(b)),
	} {
		all, f := mustRead(t, c)
		equal(t, name, recordTexts(want), recordTexts(all))
		if all[59].Offset != want[59].Offset || f.Position() != int64(len(c)) {
			t.Errorf("%s: offset %d, position %d", name, all[59].Offset, f.Position())
		}
	}
}

// A compressed file that is cut, or that contradicts its checksum: the
// packets before that count.
func TestCompressedDamage(t *testing.T) {
	b, _ := conversation(60)
	want, _ := mustRead(t, b)
	for name, c := range map[string][]byte{"gzip": gzipped(b), "zstd": zstded(b)} {
		last := 0
		for n := 8; n < len(c); n += 3 {
			all, _, err := readAll(t, bytes.NewReader(c[:n]))
			var d *DamageError
			if !errors.As(err, &d) && !errors.Is(err, ErrFormat) {
				t.Fatalf("%s cut after %d bytes of %d: %v", name, n, len(c), err)
			}
			equal(t, name, recordTexts(want)[:len(all)], recordTexts(all))
			if len(all) < last {
				t.Errorf("%s cut after %d bytes gives %d packets, %d before", name, n, len(all), last)
			}
			last = len(all)
		}
		bad := bytes.Clone(c)
		bad[len(bad)-6] ^= 1 // in gzip's checksum, in zstd's last block
		if all, _, err := readAll(t, bytes.NewReader(bad)); err == io.EOF || len(all) > 60 {
			t.Errorf("%s with a wrong byte: %d packets, %v", name, len(all), err)
		}
	}
}
