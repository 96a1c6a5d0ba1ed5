package explain

import (
	"httpscope/internal/texts"
)

// Meaning says in one sentence or two what a method, a status or a field is for.
type Meaning struct {
	Text string // with a full stop
	Cite string // RFC 9110, Section 9.3.1
}

// meaning is the first part of a text.
func meaning(t Text, ok bool) (Meaning, bool) { return Meaning{t.What, t.Cite}, ok }

// Method returns the meaning of a request method in English. Methods are case-sensitive.
func Method(name string) (Meaning, bool) { return meaning(In(texts.English).Method(name)) }

// Status returns the meaning of a status code in English; of an unknown one that of its class.
func Status(code int) (Meaning, bool) {
	if m, ok := meaning(In(texts.English).Status(code)); ok {
		return m, true
	}
	return Meaning{In(texts.English).Phrase("explain.no-class", code), "RFC 9110, Section 15"}, false
}

// Field returns the meaning of a field in English by its name, in any case.
func Field(name string) (Meaning, bool) { return meaning(In(texts.English).Field(name)) }
