package export

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// written is what a format makes of rows.
func written(t interface{ Fatal(...any) }, f FieldFormat, options []string, names []string, rows ...[][]string) string {
	for _, o := range options {
		if _, err := f.Set(o); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	out := NewFields(&b, names, f)
	for _, r := range rows {
		out.Row(r)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFieldOptions: what tshark 4.0.17 prints with the same options, but that it
// doubles no quotes.
func TestFieldOptions(t *testing.T) {
	names := []string{"http.host", "tcp.port", "http.cookie"}
	row := [][]string{{`a"b`}, {"80", "4000"}, nil}
	for _, c := range []struct{ options, want string }{
		{"", "a\"b\t80,4000\t\n"},
		{"header=y", "http.host\ttcp.port\thttp.cookie\na\"b\t80,4000\t\n"},
		{"separator=, quote=d", "\"a\"\"b\",\"80,4000\",\n"},
		{"separator=/s quote=s", "'a\"b' '80,4000' \n"},
		{"separator=| occurrence=f", "a\"b|80|\n"},
		{"occurrence=l quote=n", "a\"b\t4000\t\n"},
		{"aggregator=; occurrence=a", "a\"b\t80;4000\t\n"},
	} {
		if diff := cmp.Diff(c.want, written(t, TabSeparated(), strings.Fields(c.options), names, row)); diff != "" {
			t.Errorf("-E %s (-want +got):\n%s", c.options, diff)
		}
	}
}

func TestWrongFieldOptions(t *testing.T) {
	for option, want := range map[string]string{
		"header=yes": "write -E header=y|n", "separator=ab": "write -E separator=/t|/s|CHARACTER",
		"separator=\x1b": "write -E separator=/t|/s|CHARACTER",
		"quote=":         "write -E quote=d|s|n", "occurrence=all": "write -E occurrence=f|l|a",
		"heading=y": "there are header=y|n, ", "": "there are header=y|n, ",
	} {
		f := TabSeparated()
		if hint, err := f.Set(option); err == nil || !strings.HasPrefix(hint.String(), want) {
			t.Errorf("-E %q: error %v, hint %q, want %q", option, err, hint, want)
		}
	}
	f := CSV()
	if _, err := f.Set("quote=d"); err == nil {
		t.Error("quote goes with CSV")
	}
}

// TestCSVReadsBack: a record is a row, whatever the network wrote.
func TestCSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(rapid.SliceOfN(rapid.OneOf(rapid.String(),
			rapid.SampledFrom([]string{"=1+1", "\"", "a\nb", "\x1b[2J", ",", "-2"})), 0, 3), 2, 4).Draw(t, "row")
		names := make([]string, len(row))
		text := written(t, CSV(), nil, names, row, row)
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(records) != 3 || len(records[1]) != len(row) || !cmp.Equal(records[1], records[2]) {
			t.Fatalf("%q reads as %q: %v", text, records, err)
		}
		for _, cell := range records[1] {
			if strings.HasPrefix(cell, "=") || strings.ContainsAny(cell, "\x1b\n\r") {
				t.Fatalf("cell %q", cell)
			}
		}
	})
}
