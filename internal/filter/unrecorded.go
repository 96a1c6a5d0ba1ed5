package filter

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"httpscope/internal/spelling"
)

// unrecordedNames are fields and protocols of Wireshark that are not in a
// trace, one a line: fields of the protocols that httpscope reads by their whole
// names, other protocols by theirs.
//
//go:embed unrecorded.txt
var unrecordedNames string

var unrecorded = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(unrecordedNames) {
		all[name] = true
	}
	return all
})

// isUnrecorded reports whether Wireshark has a field and httpscope has not.
func isUnrecorded(name string) bool {
	protocol, _, _ := strings.Cut(name, ".")
	return lookup(name) == nil && (unrecorded()[name] || unrecorded()[protocol])
}

// unknownField is the error that a word is no field.
func unknownField(n *node) *Error {
	if isUnrecorded(n.name) {
		return wrong(n.at, n.to, "filter.unrecorded", n.name)
	}
	return suggestField(wrong(n.at, n.to, "filter.no-field", n.name), n.name)
}

// meant are names that people try and the fields that they mean.
var meant = map[string]string{"http.status": "http.response.code", "http.status_code": "http.response.code",
	"http.code":            "http.response.code",
	"http.response.status": "http.response.code", "http.path": "scope.path", "http.url": "http.request.full_uri",
	"http.uri":  "http.request.uri",
	"http.body": "http.file_data", "http.header": "http.request.line", "http.request.header": "http.request.line",
	"http.response.header": "http.response.line",
	"http.request.body":    "http.file_data", "http.response.body": "http.file_data", "http.etag": "http.response.line",
	"http.range":        "http.request.line",
	"http.request.host": "http.host", "ip.port": "tcp.port", "host": "http.host", "port": "tcp.port",
	"method": "http.request.method", "status": "http.response.code"}

func suggestField(e *Error, name string) *Error {
	lower := strings.ToLower(name)
	near := meant[lower]
	if near == "" {
		near = nearest(lower, fieldNames())
	}
	switch {
	case lookup(lower) != nil:
		e.suggest("filter.lower-case", lower)
	case isUnrecorded(lower):
		e.suggest("filter.lower-case-unrecorded", lower)
	case lookup(name[:max(strings.IndexByte(name, '-'), 0)]) != nil:
		e.suggest("filter.minus")
	case near != "":
		e.suggest("filter.meant", near)
	}
	return e
}

func fieldNames() []string {
	var names []string
	for n := range catalogue() {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// nearest is the name that is most like a word, or "" when none is much like it. A name that ends with the same part is
// like it too: http.method for http.request.method.
func nearest(word string, names []string) string {
	best := spelling.Nearest(word, names)
	least := 1 + len(word)/4
	if best != "" {
		least = spelling.Distance(word, best) - 1 // what is spelt like it comes first
	}
	last := word[strings.LastIndexByte(word, '.')+1:]
	for _, n := range names {
		if d := 1 + sharedFault(word, n); len(last) > 2 && strings.HasSuffix(n, "."+last) && d <= least {
			best, least = n, d-1
		}
	}
	return best
}

// sharedFault is 0 when two names are of one protocol, else 1.
func sharedFault(a, b string) int {
	x, _, _ := strings.Cut(a, ".")
	y, _, _ := strings.Cut(b, ".")
	return min(1, max(cmp.Compare(x, y), cmp.Compare(y, x)))
}
