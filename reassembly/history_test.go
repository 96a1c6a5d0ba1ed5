package reassembly

import (
	"testing"

	"pgregory.net/rapid"
)

// TestHistoryAgainstBytes: what is kept is the end of what was delivered without a gap, up to
// historySize bytes, and each byte of it is compared.
func TestHistoryAgainstBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []byte // of the stream, gaps as zeros
		var s history
		since := 0
		for range rapid.IntRange(1, 12).Draw(t, "writes") {
			if rapid.IntRange(0, 4).Draw(t, "gap") == 0 {
				all = append(all, make([]byte, rapid.IntRange(1, 3000).Draw(t, "missing"))...)
				since = len(all)
			}
			b := make([]byte, rapid.IntRange(0, 3*historySize/2).Draw(t, "length"))
			for i := range b {
				b[i] = byte(7*i + len(all))
			}
			s.remember(int64(len(all)), b)
			all = append(all, b...)
		}
		kept := int(s.to - s.from)
		if int(s.to) != len(all) || kept > historySize || kept < min(len(all)-since, historySize) {
			t.Fatalf("%d bytes are kept of %d", kept, len(all)-since)
		}
		from := rapid.IntRange(0, len(all)).Draw(t, "from")
		again := append([]byte(nil), all[from:]...)
		if s.differs(int64(from), again) {
			t.Fatalf("the bytes from %d are not the same", from)
		}
		if at := rapid.IntRange(0, len(all)).Draw(t, "at"); at >= int(s.from) && at < len(all) && at >= from {
			again[at-from]++
			if !s.differs(int64(from), again) {
				t.Fatalf("the byte at %d is not compared", at)
			}
		}
	})
}
