package tlsread_test

import (
	"bytes"
	"fmt"
	"testing"

	"httpscope/internal/tlsread"
)

// BenchmarkMessages: a message costs the same however many there are.
func BenchmarkMessages(b *testing.B) {
	for _, n := range []int{600, 6_000, 60_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			list := tlsread.Records(bytes.Repeat(record(tlsread.Handshake, make([]byte, 4)), n))
			for b.Loop() {
				if got := len(tlsread.Messages(list)); got != n {
					b.Fatalf("%d messages, want %d", got, n)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/message")
		})
	}
}
