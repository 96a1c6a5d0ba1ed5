package filter_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/filter"
)

// TestConstants: a constant goes with the field that it is compared with.
func TestConstants(t *testing.T) {
	for expr, want := range map[string][]filter.Constant{
		`http.request.method == "POST" and tcp.port == 8000`: {{Field: "http.request.method", Value: "POST"},
			{Field: "tcp.port", Value: "8000"}},
		`!(http.response.code in {200, 400..404})`: {{Field: "http.response.code", Value: "200"},
			{Field: "http.response.code", Value: "400"}, {Field: "http.response.code", Value: "404"}},
		`http.host matches "a|b"`: {{Field: "http.host", Value: "a|b", Pattern: true}},
		`len(http.host) > 3`:      {{Field: "http.host", Value: "3"}},
		`http contains "x" or ip.src == 10.0.0.0/8`: {{Field: "http", Value: "x"},
			{Field: "ip.src", Value: "10.0.0.0/8"}},
		"http.cookie": nil,
		"":            nil,
	} {
		f, err := filter.CompilePackets(expr)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, f.Constants()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", expr, diff)
		}
	}
}
