package coursework

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"httpscope/internal/course/sheet"
)

// sentences are what students write around answers, by someone who has not seen the reader: %s stands for the value.
type sentences struct {
	Number, Packet, Status, Version, Address, Port, Date, Media, Method []string
	YesNo                                                               map[string][]string
}

func readSentences(t *testing.T, file string) *sentences {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var s sentences
	if err := yaml.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// TestSentences reads values in the sentences of someone else, all of them. In the first run it read 340 of the 384
// of the first file, and then 359 of the 380 of the second.
func TestSentences(t *testing.T) {
	for file, n := range map[string]int{"carriers.yaml": 384, "carriers-second.yaml": 380} {
		t.Run(file, func(t *testing.T) { readAll(t, readSentences(t, file), n) })
	}
}

// TestTwoValuesInSentences are read in none of the sentences.
func TestTwoValuesInSentences(t *testing.T) {
	for _, file := range []string{"carriers.yaml", "carriers-second.yaml"} {
		s := readSentences(t, file)
		for _, carrier := range s.Number {
			text := strings.Replace(carrier, "%s", "4 or 5", 1)
			k := &marking{q: &Question{kind: &countKind}, a: &sheet.Answer{Text: text}}
			if got, ok := k.number(); ok {
				t.Errorf("%q is read as %q", text, got)
			}
		}
		for of, carriers := range map[*valueType][]string{versionType: s.Version, addressType: s.Address, mediaType: s.Media,
			methodType: s.Method, statusType: s.Status} {
			two := map[*valueType]string{versionType: "HTTP/1.0 or HTTP/1.1", addressType: "10.0.0.1 or 10.0.0.2",
				mediaType: "text/html or text/css", methodType: "GET or POST", statusType: "200 or 404"}[of]
			for _, carrier := range carriers {
				text := strings.Replace(carrier, "%s", two, 1)
				if got, ok := only(of.find(plain(text))); ok {
					t.Errorf("%s: %q is read as %q", of.form, text, got)
				}
			}
		}
	}
}

func readAll(t *testing.T, s *sentences, n int) {
	read, tried := 0, 0
	try := func(kind, carrier, value string, ok bool, got string) {
		if tried++; ok {
			read++
		} else {
			t.Errorf("%s: %q with %q is read as %q", kind, carrier, value, got)
		}
	}
	numbers := func(of *kind, carriers, values []string) {
		for _, carrier := range carriers {
			for _, v := range values {
				k := &marking{q: &Question{kind: of}, a: &sheet.Answer{Text: strings.Replace(carrier, "%s", v, 1)}}
				got, ok := k.number()
				try(of.name, carrier, v, ok && same(got, v, 0), got)
			}
		}
	}
	numbers(&countKind, s.Number, []string{"4", "73", "128", "1,460"})
	numbers(&packetKind, s.Packet, []string{"6", "217"})
	typed := func(of *valueType, field string, carriers, values []string) {
		k := &marking{q: &Question{kind: &valueKind, Field: field}}
		for _, carrier := range carriers {
			for _, v := range values {
				text := strings.Replace(carrier, "%s", v, 1)
				got, ok := only(of.find(plain(text)))
				right := v
				if of == statusType {
					right, _, _ = strings.Cut(v, " ")
				}
				try(of.form, carrier, v, k.says(text, right) || ok && k.says(got, right), got)
			}
		}
	}
	typed(statusType, "http.response.code", s.Status, []string{"304", "304 Not Modified"})
	typed(versionType, "http.request.version", s.Version, []string{"HTTP/1.1", "HTTP 1.0"})
	typed(addressType, "ip.src", s.Address, []string{"128.119.245.12", "192.168.1.102"})
	typed(portType, "tcp.srcport", s.Port, []string{"80", "54127"})
	typed(dateType, "http.last_modified", s.Date, []string{"Sat, 24 Oct 2020 05:59:02 GMT"})
	typed(mediaType, "http.content_type", s.Media, []string{"text/html", "image/png"})
	typed(methodType, "http.request.method", s.Method, []string{"GET", "POST"})
	for word, all := range s.YesNo {
		for _, text := range all {
			got, ok := saysYes(text)
			try("yes-no", text, word, ok && got == (word == "yes"), fmt.Sprint(got, ok))
		}
	}
	if tried < n {
		t.Errorf("%d of only %d sentences are read", read, tried)
	}
}
