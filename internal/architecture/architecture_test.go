// Package architecture holds the rules of docs/ARCHITECTURE.md: which package
// may know which. It contains tests only.
package architecture

import (
	"encoding/json"
	"os/exec"
	"slices"
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
	if len(all) < len(mayImport) {
		t.Fatalf("go list names %d packages of %s..., and there are %d at least", len(all), module, len(mayImport))
	}
	return all
}

// mayImport says which of the project's packages a package may import, by their paths in it; internal/ is
// left out of those that are imported. A star stands for all.
var mayImport = map[string]string{
	"capture":            "capture/pcapfilter tcp",
	"capture/pcapfilter": "",
	"cmd/httpscope":      "*",
	"httpdecode":         "",
	"internal/bench":     "synth tcp",
	"internal/chart":     "httpdecode layer page tcp trace visible",
	"internal/client":    "cookies httpdecode layer layer/http1 trace",
	"internal/clients":   "",
	"internal/content":   "grammar problem",
	"internal/cookies":   "grammar",
	"internal/course/coursework": "capture capture/pcapfilter content course/effect filter httpdecode layer recording course/sheet " +
		"spelling trace visible",
	"internal/course/effect":    "capture capture/pcapfilter filter httpdecode recording synth tcp trace",
	"internal/doc":              "layer visible",
	"internal/emulator":         "",
	"internal/explain":          "spelling",
	"internal/export":           "content cookies doc finding forms httpdecode layer page ranges trace visible",
	"internal/filter":           "finding forms httpdecode layer spelling tcp trace",
	"internal/finding":          "",
	"internal/forms":            "grammar multipart problem",
	"internal/course/gradebook": "course/coursework course/sheet visible",
	"internal/course/grading":   "capture course/coursework course/gradebook course/original recording course/sheet visible",
	"internal/grammar":          "",
	"internal/inspect": "capture content cookies finding forms httpdecode layer layer/http1 ranges " +
		"reassembly tcp trace",
	"internal/layer":       "",
	"internal/layer/http1": "finding httpdecode layer trace",
	"internal/lesson": "spelling content cookies explain forms grammar httpdecode layer page ranges tcp tlsread " +
		"trace visible",
	"internal/course/original": "httpdecode recording tcp trace visible",
	"internal/multipart":       "grammar",
	"internal/page": "content cookies explain finding forms grammar httpdecode layer problem ranges tcp " +
		"trace visible",
	"internal/pane": "capture client layer target target/site tasks course/coursework course/grading course/report course/sheet export lesson page quiz recording " +
		"store trace tui visible wholefile",
	"internal/problem":             "",
	"internal/problem/problemtest": "problem",
	"internal/quiz":                "cookies explain finding httpdecode layer page tcp trace visible",
	"internal/ranges":              "grammar multipart problem",
	"internal/recording":           "capture inspect layer reassembly store tcp tlsread trace",
	"internal/session":             "capture inspect store wholefile",
	"internal/course/report":       "course/coursework course/gradebook visible",
	"internal/course/sheet":        "spelling visible",
	"internal/spelling":            "",
	"internal/store":               "finding httpdecode layer tcp trace",
	"internal/synth":               "tcp",
	"internal/target":              "forms target/site visible",
	"internal/target/site":         "",
	"internal/tasks":               "client cookies httpdecode layer trace",
	"internal/tcp":                 "",
	"internal/testkit":             "capture inspect recording tcp trace",
	"internal/texts":               "",
	"internal/texts/generate":      "finding",
	"internal/tlsread":             "",
	"internal/trace":               "cookies finding httpdecode layer ranges tcp",
	"internal/course/variant":      "capture cookies httpdecode recording tcp trace",
	"internal/visible":             "",
	"internal/wholefile":           "",
	"reassembly":                   "capture layer tcp",
	"tui":                          "chart explain export filter httpdecode layer page store tasks trace visible",
}

// onlyIn says which packages alone may import a module or package.
var onlyIn = map[string][]string{
	"github.com/google/gopacket": {"httpscope/capture"},
	"github.com/rivo/tview":      {"httpscope/tui"},
	"github.com/gdamore/tcell":   {"httpscope/tui", "httpscope/internal/emulator"},
	"github.com/spf13/cobra":     {"httpscope/cmd/httpscope"},
	"net/http": {"httpscope/internal/target", "httpscope/internal/target/site",
		"httpscope/internal/proxy", "httpscope/internal/lesson"},
	"github.com/klauspost/compress/gzip": {"httpscope/capture"},
}

// module is the project's own path.
const module = "httpscope/"

// forAll are packages that every package may import: what is said is said everywhere.
var forAll = []string{"texts", "doc"}

// allows reports that a list of mayImport has a package.
func allows(list, path string) bool {
	short := strings.TrimPrefix(strings.TrimPrefix(path, module), "internal/")
	return list == "*" || slices.Contains(forAll, short) || slices.Contains(strings.Fields(list), short)
}

func TestDependencies(t *testing.T) {
	for _, p := range list(t) {
		allowed, known := mayImport[strings.TrimPrefix(p.ImportPath, module)]
		if !known && len(p.GoFiles) > 0 {
			t.Errorf("%s is not in the picture: add it to mayImport and docs/ARCHITECTURE.md", p.ImportPath)
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, module) && !allows(allowed, i) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
			for prefix, where := range onlyIn {
				if (i == prefix || strings.HasPrefix(i, prefix+"/")) && !slices.Contains(where, p.ImportPath) {
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
