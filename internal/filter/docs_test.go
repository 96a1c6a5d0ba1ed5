package filter_test

import (
	"strings"
	"testing"

	"httpscope/internal/filter"
	"httpscope/internal/testkit"
)

// TestFieldsAreDocumented holds docs/filters.md to the table of fields.
func TestFieldsAreDocumented(t *testing.T) {
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
		b.WriteString("| `" + f.Name + "` | " + f.Type.String() + many + " | " + f.Doc.String() + " |\n")
	}
	testkit.Document(t, "filters.md", b.String())
}

// TestColumnsAreDocumented holds docs/fields.md to the table of fields.
func TestColumnsAreDocumented(t *testing.T) {
	text := columnsHead
	for _, rows := range []bool{false, true} {
		text += columnsOf[rows]
		for _, f := range filter.Fields() {
			if f.Packets == rows {
				text += "- `" + f.Name + "`\n"
			}
		}
	}
	testkit.Document(t, "fields.md", text)
}

// columnsOf are the headings of fields, by whether only packets have them.
var columnsOf = map[bool]string{false: "## Of messages and of packets\n\n", true: "\n## Of packets alone\n\n"}

const columnsHead = `# Fields of ` + "`read -e`" + `

All fields of display filters, by the same names and with the same values: [filters.md](filters.md) says what each is.
` + "`read -e F`" + ` writes a line for each message, ` + "`read --packets -e F`" + ` one for each packet; ` + "`-Y`" + ` selects among them.
A field that the row does not have is empty; several values are separated by commas.

frame.number and the times of a message are those of the packet that completes it, as in Wireshark. What a later
packet tells, as http.response_in, is there: it is what tshark prints with -2.

Values are written as tshark 4 writes them: numbers in decimal, or in hexadecimal where Wireshark shows them so; booleans as 1
and 0; times in seconds with nine decimals, and frame.time in UTC; bytes in hexadecimal. Control characters become
visible escapes. A protocol is written as its name.

` + "`-E`" + ` changes what a line looks like, as in tshark:

| option | |
|---|---|
| header=y | the first line has the names of the fields |
| separator=/t, /s or a character | between fields; a tab by default |
| aggregator=/s or a character | between the values of a field; a comma by default |
| quote=d, s or n | around the values of a field that has any: double, single or none. Quotes within are doubled |
| occurrence=f, l or a | the first value of each field, the last one, or all |

` + "`--format csv`" + ` is RFC 4180 with a header line: what holds a separator or a quote is quoted, and a value that a spreadsheet
would take for a formula gets a single quote before it.

Made from the code: ` + "`go test ./internal/filter -run Documented -update`" + `.

`

const docHead = `# Display filters

Wireshark's display filter language, over what httpscope records. On the screen ` + "`/`" + ` takes a filter; a row is an exchange
there, and has the fields of both of its messages. ` + "`httpscope read --packets -Y`" + ` filters packets, which have more fields:
those marked below, and the bytes of ` + "`frame`, `eth`, `ip`, `tcp`" + ` for ` + "`contains`" + ` and ` + "`matches`" + `.

- Comparisons: ` + "`== != > < >= <= contains matches ~ in {1, 5..9} &`" + `, also as ` + "`eq ne gt lt ge le`" + `. A comparison holds when any
  value of a field does; ` + "`!=`" + ` when all differ. ` + "`any`, `all`" + ` and ` + "`=== !==`" + ` say otherwise.
- Logic: ` + "`and or xor not`" + `, or ` + "`&& || ^^ !`" + `; brackets.
- Slices ` + "`field[0:4]`" + `, functions ` + "`upper lower len count string min max abs`" + `, arithmetic.
- ` + "`dec(field)`" + ` and ` + "`hex(field)`" + ` are a number as text, ` + "`vals(field)`" + ` the name of a value, where it has one:
  ` + "`vals(tls.handshake.type) == \"Client Hello\"`" + `.
- Classes of addresses: ` + "`ip_rfc1918 ip_ula ip_linklocal ip_multicast`" + ` are tests of their own; ` + "`ip_special_name`" + ` and
  ` + "`ip_special_mask`" + ` (source 16, destination 8, forwardable 4, global 2, reserved 1) are about the blocks of RFC 6890.
- ` + "`@field`" + ` is the bytes that a field was sent as: ` + "`@http.host contains \"Host: \"`, `@tcp.flags == 80:18`" + `. What is
  computed has none. One byte is written ` + "`1f:`" + ` or ` + "`1f`" + `.
- ` + "`${field}`" + ` is what the selected row has of a field: the exchange under the cursor of the screen, or the packet that
  ` + "`--reference N`" + ` names to ` + "`httpscope filter --capture`" + ` and ` + "`read --packets -Y`" + `.
- ` + "`$name(FIELD)`, `${name:FIELD}`" + ` or ` + "`${name;FIELD}`" + ` is a macro, put in place without brackets: private_ipv4, private_ipv6 and
  private_ethernet, which Wireshark comes with.
- Text in double quotes with escapes, or raw as ` + "`r\"…\"`" + `; bytes as ` + "`47:45:54`" + `; addresses with prefix lengths.
- A name alone asks whether the field is there; ` + "`http`, `tcp`, `tls`" + ` whether the protocol is.
- ` + "`matches`" + ` takes Go's regular expressions, without look-around and back-references.
- ` + "`scope.`" + ` begins what Wireshark does not have: findings, framing rules, times.
- ` + "`scope.protocol`, `scope.closed_by`" + ` and, of exchanges, ` + "`tls`" + ` are known when the connection is over. ` + "`read`" + ` reads a file
  twice for them; what comes on standard input waits for the end of its connection, in half of the memory that ` + "`--memory`" + `
  leaves for connections, and a hint counts what could not wait.

Made from the code: ` + "`go test ./internal/filter -run Documented -update`" + `.

| field | type | what it is |
|---|---|---|
`
