package filter

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// valueNames are the names that vals() gives for numbers: for fields of a line, the
// numbers of the indented lines below it. They are those of the registries of
// IANA and IEEE, as tshark 4.6 has them (-G values).
//
//go:embed valuestrings.txt
var valueNames string

// valueStrings are the names by field and number. Fields of one list share a map.
var valueStrings = sync.OnceValue(func() map[string]map[uint64]string {
	all := map[string]map[uint64]string{}
	var names map[uint64]string
	for line := range strings.Lines(valueNames) {
		line = strings.TrimSuffix(line, "\n")
		rest, is := strings.CutPrefix(line, "\t")
		if !is {
			names = map[uint64]string{}
			for field := range strings.FieldsSeq(line) {
				all[field] = names
			}
			continue
		}
		digits, name, _ := strings.Cut(rest, " ")
		if n, err := strconv.ParseUint(digits, 10, 64); err == nil {
			names[n] = name
		}
	}
	for name, f := range catalogue() {
		if f.Type == Boolean && (strings.HasPrefix(name, "tcp.flags.") || strings.HasPrefix(name, "ip.flags.")) {
			all[name] = map[uint64]string{0: "Not set", 1: "Set"}
		}
	}
	return all
})
