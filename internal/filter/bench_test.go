package filter

import (
	"testing"

	"httpscope/internal/trace"
)

// BenchmarkMillion asks a filter of a million exchanges: what typing a filter
// in the user interface costs.
func BenchmarkMillion(b *testing.B) {
	rows := make([]*trace.Exchange, 1_000_000)
	x := login(b)
	for i := range rows {
		rows[i] = x.Clone()
	}
	for _, expr := range []string{
		`http.request.method == "POST"`,
		`http.response.code >= 400`,
		`http.host contains "example" && tcp.port == 8000`,
		`http.request.method == "GET" || ip.addr == 10.0.0.0/8 && http.response.code in {200..299}`,
		`http.set_cookie matches "^sid="`,
		`http contains "OST"`,
		`scope.finding`,
	} {
		f := mustCompile(b, expr)
		b.Run(expr, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, x := range rows {
					if f.Match(&Subject{X: x}) {
						n++
					}
				}
				if n != 0 && n != len(rows) {
					b.Fatalf("%d of equal rows are selected", n)
				}
			}
		})
	}
}
