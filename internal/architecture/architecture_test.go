// Package architecture holds the rules of docs/ARCHITECTURE.md: which package
// may know which. It contains tests only.
package architecture

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// pkg is what `go list` says of a package.
type pkg struct {
	ImportPath string
	Doc        string
	Standard   bool
	Imports    []string
	GoFiles    []string
}

func list(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,Standard,Imports,GoFiles", "httpscope/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// mayImport says which of the project's packages a package may import.
var mayImport = map[string][]string{
	"httpscope/capture":                      {"httpscope/capture/pcapfilter", "httpscope/internal/tcpflag"},
	"httpscope/capture/pcapfilter":           {},
	"httpscope/reassembly":                   {"httpscope/capture", "httpscope/internal/tcpflag"},
	"httpscope/httpdecode":                   {},
	"httpscope/internal/cookies":             {"httpscope/internal/grammar"},
	"httpscope/internal/ranges":              {"httpscope/internal/problem", "httpscope/internal/grammar"},
	"httpscope/internal/content":             {"httpscope/internal/problem", "httpscope/internal/grammar"},
	"httpscope/internal/forms":               {"httpscope/internal/problem", "httpscope/internal/grammar"},
	"httpscope/internal/grammar":             {},
	"httpscope/internal/problem":             {},
	"httpscope/internal/problem/problemtest": {"httpscope/internal/problem"},
	"httpscope/internal/trace":               {"httpscope/httpdecode", "httpscope/internal/cookies", "httpscope/internal/ranges", "httpscope/internal/tcpflag"},
	"httpscope/internal/inspect":             {"httpscope/capture", "httpscope/reassembly", "httpscope/httpdecode", "httpscope/internal/trace", "httpscope/internal/cookies", "httpscope/internal/ranges", "httpscope/internal/content", "httpscope/internal/forms"},
	"httpscope/internal/explain":             {"httpscope/internal/spelling", "httpscope/httpdecode", "httpscope/internal/cookies", "httpscope/internal/ranges", "httpscope/internal/content", "httpscope/internal/forms"},
	"httpscope/internal/visible":             {},
	"httpscope/internal/wholefile":           {},
	"httpscope/internal/spelling":            {},
	"httpscope/internal/page":                {"httpscope/httpdecode", "httpscope/internal/trace", "httpscope/internal/explain", "httpscope/internal/visible", "httpscope/internal/cookies", "httpscope/internal/ranges", "httpscope/internal/content", "httpscope/internal/forms", "httpscope/internal/grammar", "httpscope/internal/problem", "httpscope/internal/tcpflag"},
	"httpscope/internal/store":               {"httpscope/httpdecode", "httpscope/internal/trace"},
	"httpscope/internal/filter":              {"httpscope/internal/spelling", "httpscope/internal/forms", "httpscope/httpdecode", "httpscope/internal/trace", "httpscope/internal/tcpflag"},
	"httpscope/internal/client":              {"httpscope/httpdecode", "httpscope/internal/cookies"},
	"httpscope/internal/tasks":               {"httpscope/httpdecode", "httpscope/internal/trace", "httpscope/internal/client", "httpscope/internal/cookies"},
	"httpscope/internal/target":              {"httpscope/internal/target/site", "httpscope/internal/forms", "httpscope/internal/visible"},
	"httpscope/internal/target/site":         {},
	"httpscope/tui":                          {"httpscope/httpdecode", "httpscope/internal/trace", "httpscope/internal/store", "httpscope/internal/page", "httpscope/internal/filter", "httpscope/internal/tasks", "httpscope/internal/explain", "httpscope/internal/visible", "httpscope/internal/export"},
	"httpscope/internal/export":              {"httpscope/internal/page", "httpscope/internal/visible", "httpscope/httpdecode", "httpscope/internal/trace", "httpscope/internal/cookies", "httpscope/internal/ranges", "httpscope/internal/content", "httpscope/internal/forms"},
	"httpscope/internal/synth":               {"httpscope/internal/tcpflag"},
	"httpscope/internal/emulator":            {},
	"httpscope/internal/recording":           {"httpscope/capture", "httpscope/reassembly", "httpscope/internal/inspect", "httpscope/internal/tlsread", "httpscope/internal/store", "httpscope/internal/trace", "httpscope/internal/tcpflag"},
	"httpscope/internal/effect":              {"httpscope/httpdecode", "httpscope/capture", "httpscope/capture/pcapfilter", "httpscope/internal/filter", "httpscope/internal/recording", "httpscope/internal/synth", "httpscope/internal/trace", "httpscope/internal/tcpflag"},
	"httpscope/internal/submission":          {"httpscope/internal/sheet"},
	"httpscope/internal/grading":             {"httpscope/capture", "httpscope/internal/coursework", "httpscope/internal/gradebook", "httpscope/internal/original", "httpscope/internal/recording", "httpscope/internal/sheet", "httpscope/internal/submission", "httpscope/internal/visible"},
	"httpscope/internal/sheet":               {"httpscope/internal/visible", "httpscope/internal/spelling"},
	"httpscope/internal/coursework":          {"httpscope/httpdecode", "httpscope/capture", "httpscope/capture/pcapfilter", "httpscope/internal/effect", "httpscope/internal/filter", "httpscope/internal/recording", "httpscope/internal/sheet", "httpscope/internal/spelling", "httpscope/internal/trace", "httpscope/internal/visible", "httpscope/internal/content"},
	"httpscope/internal/gradebook":           {"httpscope/internal/coursework", "httpscope/internal/visible"},
	"httpscope/internal/original":            {"httpscope/httpdecode", "httpscope/internal/recording", "httpscope/internal/trace", "httpscope/internal/visible", "httpscope/internal/tcpflag"},
	"httpscope/internal/variant":             {"httpscope/capture", "httpscope/internal/recording", "httpscope/internal/trace", "httpscope/httpdecode", "httpscope/internal/cookies", "httpscope/internal/tcpflag"},
	"httpscope/internal/quiz":                {"httpscope/httpdecode", "httpscope/internal/cookies", "httpscope/internal/explain", "httpscope/internal/page", "httpscope/internal/trace", "httpscope/internal/visible", "httpscope/internal/tcpflag"},
	"httpscope/internal/tcpflag":             {},
	"httpscope/internal/tlsread":             {},
	"httpscope/internal/lesson":              {"httpscope/internal/tlsread", "httpscope/internal/grammar", "httpscope/httpdecode", "httpscope/internal/cookies", "httpscope/internal/explain", "httpscope/internal/page", "httpscope/internal/ranges", "httpscope/internal/trace", "httpscope/internal/visible", "httpscope/internal/forms", "httpscope/internal/content"},
	"httpscope/internal/bench":               {"httpscope/internal/synth", "httpscope/internal/tcpflag"},
	"httpscope/internal/clients":             {},
	"httpscope/cmd/httpscope":                {"*"},
}

// onlyIn says which packages alone may import a module or package.
var onlyIn = map[string][]string{
	"github.com/google/gopacket":         {"httpscope/capture"},
	"github.com/rivo/tview":              {"httpscope/tui"},
	"github.com/gdamore/tcell":           {"httpscope/tui", "httpscope/internal/emulator"},
	"github.com/spf13/cobra":             {"httpscope/cmd/httpscope"},
	"net/http":                           {"httpscope/internal/target", "httpscope/internal/target/site", "httpscope/internal/proxy", "httpscope/internal/lesson"},
	"github.com/klauspost/compress/gzip": {"httpscope/capture"},
}

func TestDependencies(t *testing.T) {
	for _, p := range list(t) {
		allowed, known := mayImport[p.ImportPath]
		if !known && len(p.GoFiles) > 0 {
			t.Errorf("%s is not in the picture: add it to mayImport and docs/ARCHITECTURE.md", p.ImportPath)
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "httpscope/") && !contains(allowed, i) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
			for prefix, where := range onlyIn {
				if (i == prefix || strings.HasPrefix(i, prefix+"/")) && !contains(where, p.ImportPath) {
					t.Errorf("%s must not import %s", p.ImportPath, i)
				}
			}
		}
	}
}

// TestDecoderIsStandardLibraryOnly keeps the decoder free of everything else.
func TestDecoderIsStandardLibraryOnly(t *testing.T) {
	for _, p := range list(t) {
		if p.ImportPath != "httpscope/httpdecode" {
			continue
		}
		for _, i := range p.Imports {
			if strings.Contains(strings.SplitN(i, "/", 2)[0], ".") {
				t.Errorf("httpdecode must not import %s", i)
			}
		}
	}
}

func TestEveryPackageHasADocComment(t *testing.T) {
	for _, p := range list(t) {
		if len(p.GoFiles) > 0 && p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == "*" || x == s {
			return true
		}
	}
	return false
}
