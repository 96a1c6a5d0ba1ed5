package capture

import (
	"bytes"
	"slices"
	"testing"

	"time"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
)

// overtaken writes a file whose packets have these times, in seconds, and returns the
// numbers of those that are overtaken.
func overtaken(t *testing.T, ng bool, seconds []int64) (numbers []int64) {
	t.Helper()
	var b bytes.Buffer
	var write func(gopacket.CaptureInfo, []byte) error
	if ng {
		w, err := pcapgo.NewNgWriter(&b, layers.LinkTypeEthernet)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Flush()
		write = func(c gopacket.CaptureInfo, data []byte) error {
			if err := w.WritePacket(c, data); err != nil {
				return err
			}
			return w.Flush()
		}
	} else {
		w := pcapgo.NewWriter(&b)
		if err := w.WriteFileHeader(65535, layers.LinkTypeEthernet); err != nil {
			t.Fatal(err)
		}
		write = w.WritePacket
	}
	data := make([]byte, 60)
	for _, s := range seconds {
		if err := write(gopacket.CaptureInfo{Timestamp: time.Unix(s, 0), CaptureLength: len(data), Length: len(data)},
			data); err != nil {
			t.Fatal(err)
		}
	}
	f, err := NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	f.LookAhead()
	for {
		p, err := f.Next()
		if err != nil {
			return numbers
		}
		if p.Overtaken {
			numbers = append(numbers, p.Number)
		}
	}
}

func TestLookAhead(t *testing.T) {
	for _, c := range []struct {
		name    string
		seconds []int64
		want    []int64
	}{
		{"in order", []int64{1, 2, 2, 3}, nil},
		{"the last is early", []int64{5, 6, 7, 4}, []int64{1, 2, 3}},
		{"one of the middle", []int64{5, 6, 5, 7, 8}, []int64{1, 2}},
		{"the clock is set back", []int64{500, 501, 100, 101}, nil},
	} {
		for _, ng := range []bool{false, true} {
			if got := overtaken(t, ng, c.seconds); !slices.Equal(got, c.want) {
				t.Errorf("%s, pcapng %t: %v, want %v", c.name, ng, got, c.want)
			}
		}
	}
}
