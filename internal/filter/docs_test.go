package filter_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"httpscope/internal/filter"
)

var writeDocs = flag.Bool("docs", false, "write docs/filters.md anew")

// TestFieldsAreDocumented holds docs/filters.md to the table of fields.
func TestFieldsAreDocumented(t *testing.T) {
	const path = "../../docs/filters.md"
	var b strings.Builder
	b.WriteString(docHead)
	for _, f := range filter.Fields() {
		many := ""
		if f.Many {
			many = " (several)"
		}
		if f.Packets {
			many += ", of packets"
		}
		b.WriteString("| `" + f.Name + "` | " + f.Type.String() + many + " | " + f.Doc + " |\n")
	}
	if *writeDocs {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != b.String() {
		t.Error("docs/filters.md is not what the fields say; go test ./internal/filter -run Documented -docs writes it")
	}
}

const docHead = `# Display filters

Wireshark's display filter language, over what httpscope records. On the screen ` + "`/`" + ` takes a filter; a row is an exchange
there, and has the fields of both of its messages. ` + "`httpscope read --packets -Y`" + ` filters packets, which have more fields:
those marked below, and the bytes of ` + "`frame`, `eth`, `ip`, `tcp`" + ` for ` + "`contains`" + ` and ` + "`matches`" + `.

- Comparisons: ` + "`== != > < >= <= contains matches ~ in {1, 5..9} &`" + `, also as ` + "`eq ne gt lt ge le`" + `. A comparison holds when any
  value of a field does; ` + "`!=`" + ` when all differ. ` + "`any`, `all`" + ` and ` + "`=== !==`" + ` say otherwise.
- Logic: ` + "`and or xor not`" + `, or ` + "`&& || ^^ !`" + `; brackets.
- Slices ` + "`field[0:4]`" + `, functions ` + "`upper lower len count string min max abs`" + `, arithmetic.
- Text in double quotes with escapes, or raw as ` + "`r\"…\"`" + `; bytes as ` + "`47:45:54`" + `; addresses with prefix lengths.
- A name alone asks whether the field is there; ` + "`http`, `tcp`, `tls`" + ` whether the protocol is.
- ` + "`matches`" + ` takes Go's regular expressions, without look-around and back-references.
- ` + "`scope.`" + ` begins what Wireshark does not have: findings, framing rules, times.

Made from the code: ` + "`go test ./internal/filter -run Documented -docs`" + `.

| field | type | what it is |
|---|---|---|
`
