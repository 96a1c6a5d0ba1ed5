package coursework

import (
	"fmt"
	"slices"
	"testing"

	"httpscope/internal/course/sheet"
)

// carriersOf are sentences around a value of any type, and valuesOf the values as students write them, with others of
// the type.
var (
	carriersOf = []string{"%s", "%s.", "\"%s\"", "It is %s", "It is %s, as the screenshot shows.", "Answer: %s",
		"%s (see packet 10)", "The value that I found is %s", "答案是 %s", "是 %s。", "答：%s",
		"我看到的是 %s（第 10 号分组）",
		"%s because the first line says so", "C'est %s", "Das ist %s", "Это %s"}
	valuesOf = []struct {
		of     *valueType
		values []string
		wrong  string
	}{
		{versionType, []string{"HTTP/1.1", "HTTP 1.1", "http/1.1", "1.1"}, "HTTP/1.0"},
		{statusType, []string{"304", "304 Not Modified"}, "200"},
		{addressType, []string{"128.119.245.12", "192.168.1.102"}, "10.0.0.1"},
		{portType, []string{"128.119.245.12:80", "80", "192.168.1.102:4127"}, "8080"},
		{mediaType, []string{"text/html", "image/png", "application/x-www-form-urlencoded"}, "text/css"},
		{methodType, []string{"GET", "POST", "get"}, "PUT"},
		{dateType, []string{"Sat, 24 Oct 2020 05:59:02 GMT", "24 Oct 2020 05:59:02", "2020-10-24 05:59:02 UTC",
			"2020-10-24T13:59:02+08:00", "2020年10月24日 05:59:02"}, "Sat, 24 Oct 2020 05:59:03 GMT"},
	}
)

// TestValueInSentence reads the only value of a type in a sentence, and none where two stand there.
func TestValueInSentence(t *testing.T) {
	for _, v := range valuesOf {
		for _, value := range v.values {
			for _, carrier := range carriersOf {
				text := fmt.Sprintf(carrier, value)
				if got, ok := only(v.of.find(plain(text))); !ok {
					t.Errorf("%s: nothing is read in %q: %q, %v", v.of.form, text, got, v.of.find(plain(text)))
				}
			}
			both := value + " or " + v.wrong
			if got, ok := only(v.of.find(plain(both))); ok {
				t.Errorf("%s: %q is read as %q", v.of.form, both, got)
			}
			instead := "not " + v.wrong + " but " + value
			if got, ok := only(v.of.find(plain(instead))); !ok || got == plain(v.wrong) {
				t.Errorf("%s: %q is read as %q", v.of.form, instead, got)
			}
		}
	}
}

// TestInstants of all notations are one second.
func TestInstants(t *testing.T) {
	for _, date := range valuesOf[len(valuesOf)-1].values {
		if !sameInstant(date, "Sat, 24 Oct 2020 05:59:02 GMT") {
			t.Errorf("%q is another second", date)
		}
	}
}

// TestPartsByType takes an answer apart by what its parts ask for, in whatever order the sentence has the types.
func TestPartsByType(t *testing.T) {
	ends := &marking{q: &Question{Parts: []Question{
		{kind: &valueKind, Field: "ip.src"}, {kind: &valueKind, Field: "tcp.srcport"},
		{kind: &valueKind, Field: "ip.dst"}, {kind: &valueKind, Field: "tcp.dstport"}}}}
	for _, text := range []string{"192.168.1.102:4127, 128.119.245.12:80", "192.168.1.102 4127 128.119.245.12 80",
		"My computer is 192.168.1.102, port 4127; gaia is 128.119.245.12 at port 80.",
		"源地址 192.168.1.102，源端口 4127，目的地址 128.119.245.12，目的端口 80"} {
		want := []string{"192.168.1.102", "4127", "128.119.245.12", "80"}
		if got := ends.byType(text); !slices.Equal(got, want) {
			t.Errorf("%q is taken apart as %q", text, got)
		}
	}
	for _, text := range []string{"192.168.1.102 and 128.119.245.12", "192.168.1.102:4127", "none"} {
		if got := ends.byType(text); got != nil {
			t.Errorf("%q is taken apart as %q", text, got)
		}
	}
	line := &marking{q: &Question{Parts: []Question{
		{kind: &valueKind, Field: "http.response.version"}, {kind: &valueKind, Field: "http.response.code"}}}}
	if got := line.byType("HTTP/1.0 200 OK"); !slices.Equal(got, []string{"1.0", "200"}) {
		t.Errorf("a status line is taken apart as %q", got)
	}
}

// TestNumbersOfOtherLanguages have points between thousands, and commas before fractions.
func TestNumbersOfOtherLanguages(t *testing.T) {
	for text, want := range map[string]string{"1.460": "1460", "1.460 Bytes": "1460", "1.234.567": "1234567",
		"2.5": "2.5"} {
		k := &marking{q: &Question{kind: &countKind}, a: &sheet.Answer{Text: text}}
		if got, ok := k.number(); !ok || got != want {
			t.Errorf("%q is read as %q", text, got)
		}
	}
	if !same("0,042", "0.042", 0) {
		t.Error("0,042 is not 0.042")
	}
	for word, want := range map[string]bool{"Ja": true, "Oui, il y en a": true, "Sí": true, "Да": true,
		"Nein": false,
		"Non":  false, "нет": false} {
		if got, ok := saysYes(word); !ok || got != want {
			t.Errorf("%q is read as %v (%v)", word, got, ok)
		}
	}
}
