package export

import (
	"strings"

	"httpscope/internal/texts"
)

// FieldFormat is how rows of fields look: tshark's options -E.
type FieldFormat struct {
	header     bool   // a line of names comes first
	separator  byte   // between fields
	aggregator byte   // between the values of a field
	quote      string // around the values of a field that has any, doubled within
	occurrence byte   // f, l or a: the first value, the last one, all
	csv        bool   // RFC 4180, and no cell is a formula
}

// TabSeparated is how tshark prints fields unless it is told otherwise.
func TabSeparated() FieldFormat {
	return FieldFormat{separator: '\t', aggregator: ',', occurrence: 'a'}
}

// CSV is RFC 4180 with a line of names, and with LF as every tool takes it.
func CSV() FieldFormat {
	return FieldFormat{header: true, separator: ',', aggregator: ',', occurrence: 'a', csv: true}
}

// fieldOptions are the options by name, with what they take.
var fieldOptions = []struct{ name, takes string }{
	{"header", "y|n"}, {"separator", "/t|/s|CHARACTER"}, {"aggregator", "/s|CHARACTER"}, {"quote", "d|s|n"},
	{"occurrence", "f|l|a"},
}

// Set changes one option, written NAME=VALUE. The hint says what there is.
func (f *FieldFormat) Set(option string) (hint texts.Phrase, err error) {
	name, value, _ := strings.Cut(option, "=")
	for _, o := range fieldOptions {
		if o.name != name {
			continue
		}
		if !f.set(name, value) {
			return texts.Say("export.option-takes", name, o.takes), texts.Errorf("export.option-value", name, value)
		}
		if f.csv && f.quote != "" {
			return texts.Say("export.csv-quotes"), texts.Errorf("export.csv-no-quote")
		}
		return texts.Phrase{}, nil
	}
	return optionHint(), texts.Errorf("export.no-option", name)
}

func (f *FieldFormat) set(name, value string) (ok bool) {
	switch name {
	case "header":
		f.header = value == "y"
		return value == "y" || value == "n"
	case "separator":
		f.separator, ok = separator(value)
		return ok && !(f.csv && f.separator == '"')
	case "aggregator":
		f.aggregator, ok = separator(value)
		return ok
	case "quote":
		f.quote, ok = map[string]string{"d": `"`, "s": "'", "n": ""}[value]
		return ok
	}
	if len(value) == 1 && strings.Contains("fla", value) {
		f.occurrence, ok = value[0], true
	}
	return ok
}

// separator is one character of ASCII. A control character would move the cursor
// of a terminal, or end the line.
func separator(value string) (byte, bool) {
	switch {
	case value == "/t":
		return '\t', true
	case value == "/s":
		return ' ', true
	case len(value) != 1 || value[0] >= 0x7f || value[0] < ' ' && value[0] != '\t':
		return 0, false
	}
	return value[0], true
}

// optionHint lists the options.
func optionHint() texts.Phrase {
	all := texts.List{}
	for _, o := range fieldOptions {
		all.Items = append(all.Items, o.name+"="+o.takes)
	}
	return texts.Say("export.options", all)
}

// chosen are the values that are written, of all that a field has.
func (f *FieldFormat) chosen(values []string) []string {
	switch {
	case len(values) < 2 || f.occurrence == 'a':
		return values
	case f.occurrence == 'f':
		return values[:1]
	}
	return values[len(values)-1:]
}
