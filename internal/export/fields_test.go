package export

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/fields.md anew")

// TestFieldsDocument holds docs/fields.md to the table in the code.
func TestFieldsDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Fields of `read -e`\n\nWireshark's names. A line is one message; a field that the message does not have is empty, several values are\n" +
		"separated by commas. frame.number and the times are those of the packet that completes the message, as in Wireshark.\n" +
		"http.response_in and http.response_for.uri are what tshark prints with -2.\n\n")
	for _, n := range FieldNames() {
		fmt.Fprintf(&b, "- `%s`\n", n)
	}
	const path = "../../docs/fields.md"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Error("docs/fields.md is stale: go test ./internal/export -run Fields -update")
	}
}

func TestSuggestFindsTheLikelyName(t *testing.T) {
	for name, want := range map[string]string{"http.method": "http.request.method", "status.code": "http.response.code", "host": "http.host"} {
		if got := Suggest(name); len(got) == 0 || got[0] != want {
			t.Errorf("Suggest(%q) = %q, want %q first", name, got, want)
		}
	}
}
