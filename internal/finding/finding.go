// Package finding ranks what is odd, or worth a word, in traffic: each kind has a stable code, and each code has
// a severity.
//
// It finds nothing, and holds no texts: the table is made from package explain's folder of texts.
package finding

// Severity ranks a code.
type Severity uint8

// Severities.
const (
	Note    Severity = iota // allowed, and worth knowing
	Warning                 // against a rule, and read in one way by everyone; or a sign of trouble
	Error                   // against a rule, and read in different ways, or not at all; or an attack
)

var severityNames = [...]string{"note", "warning", "error"}

// String is the word in JSON.
func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Named is the severity with a name.
func Named(name string) (Severity, bool) {
	for s, n := range severityNames {
		if n == name {
			return Severity(s), true
		}
	}
	return Note, false
}

// Of is the severity of a code; false when there is no such code.
func Of(code string) (Severity, bool) {
	s, ok := severities[code]
	return s, ok
}
