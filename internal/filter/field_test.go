package filter

import (
	"slices"
	"strings"
	"testing"

	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// TestFields holds that every field is documented, can be asked for, and has
// the values of its type that people compare it with.
func TestFields(t *testing.T) {
	for _, f := range Fields() {
		if !texts.In(texts.English).Has(f.Doc.Key) || strings.HasSuffix(f.Doc.String(), ".") ||
			strings.ToLower(f.Name) != f.Name {
			t.Errorf("%s: %q", f.Name, f.Doc)
		}
		if _, err := CompilePackets(f.Name); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if _, err := Compile(f.Name); (err != nil) != f.Packets {
			t.Errorf("%s, of packets %t: %v", f.Name, f.Packets, err)
		}
		for _, usual := range lookup(f.Name).usual {
			mustCompile(t, f.Name+" == "+usual)
		}
		if isUnrecorded(f.Name) {
			t.Errorf("%s is recorded and listed as not", f.Name)
		}
	}
	if names := strings.Fields(unrecordedNames); !slices.IsSorted(names) || len(slices.Compact(names)) != len(names) {
		t.Error("unrecorded.txt is not in order")
	}
}

// wiresharkTypes are the types of Wireshark that fields may have there.
var wiresharkTypes = map[Type]string{Protocol: "", Boolean: "FT_BOOLEAN", Label: "FT_NONE", Unsigned8: "FT_UINT8",
	Unsigned16: "FT_UINT16", Unsigned32: "FT_UINT32 FT_INT32 FT_UINT24", Unsigned64: "FT_UINT64",
	FrameNumber: "FT_FRAMENUM", String: "FT_STRING FT_STRINGZ", Bytes: "FT_BYTES FT_ETHER", IPv4: "FT_IPv4",
	IPv6: "FT_IPv6", TimeOffset: "FT_RELATIVE_TIME", DateTime: "FT_ABSOLUTE_TIME"}

// TestFieldsAreWiresharks: the fields outside scope exist in Wireshark with the
// same type, where tshark can tell; everywhere their protocols are Wireshark's.
func TestFieldsAreWiresharks(t *testing.T) {
	theirs := map[string]string{}
	if out, err := testkit.Wireshark(t, "tshark", "-G", "fields").Output(); err == nil {
		for line := range strings.Lines(string(out)) {
			switch w := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); w[0] {
			case "P":
				theirs[w[2]] = ""
			case "F":
				theirs[w[2]] += " " + w[3]
			}
		}
	} else {
		t.Logf("tshark does not run (%v): only the protocols are compared", err)
	}
	for _, f := range Fields() {
		protocol, _, _ := strings.Cut(f.Name, ".")
		if protocol == "scope" {
			continue
		}
		if !slices.Contains([]string{"data", "eth", "frame", "http", "ip", "ipv6", "tcp", "tls", "udp",
			"urlencoded-form"}, protocol) {
			t.Errorf("%s is no protocol of Wireshark", protocol)
		}
		if theirType, ok := theirs[f.Name]; len(theirs) > 0 &&
			(!ok || theirType != "" && !slices.Contains(strings.Fields(wiresharkTypes[f.Type]),
				strings.Fields(theirType)[0])) {
			t.Errorf("%s has the type %s, in Wireshark %q", f.Name, f.Type, theirType)
		}
	}
}

// TestMessagesOfOnePacket: a row of Wireshark is a packet with all messages that
// end in it, and one address.
func TestMessagesOfOnePacket(t *testing.T) {
	all := conversation(t, "GET /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b HTTP/1.1\r\nHost: x\r\n\r\n")
	row := packets(all, 0)[4]
	if len(all) != 2 || row == nil || len(row.With) != 1 {
		t.Fatalf("%d exchanges, row %+v", len(all), row)
	}
	for _, expr := range []string{`http.request.uri == "/a" and http.request.uri == "/b"`,
		"count(http.request.method) == 2", "count(tcp.port) == 2", "count(scope.exchange) == 2", "scope.ordinal == 2"} {
		if !mustCompile(t, expr).Match(row) {
			t.Errorf("%s does not hold", expr)
		}
	}
}

// TestFindings: a row of one message has its own findings and those of the
// connection; the exchange has all.
func TestFindings(t *testing.T) {
	x := login(t).Clone()
	x.Findings = []trace.Finding{{Code: "q", Severity: finding.Note, Place: layer.Place{Side: layer.Client}},
		{Code: "r", Severity: finding.Error, Place: layer.Place{Side: layer.Server}},
		{Code: "c", Severity: finding.Warning, Place: layer.Place{Side: layer.Both}}}
	for _, c := range []struct {
		m    *trace.Message
		want string
	}{{x.Request, "qc"}, {x.Response, "rc"}, {nil, "qrc"}} {
		got := ""
		for _, code := range []string{"q", "r", "c"} {
			if mustCompile(t, "scope.finding == "+code).Match(&Subject{X: x, M: c.m}) {
				got += code
			}
		}
		if got != c.want {
			t.Errorf("findings %q, want %q", got, c.want)
		}
	}
}
