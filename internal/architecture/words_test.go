package architecture

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// borders are words that may stand in some folders only, since elsewhere they would step over a border.
var borders = []struct {
	why   string
	words *regexp.Regexp
	in    []string
}{
	{"what reads HTTP/1 is a layer, reached through its adapter",
		regexp.MustCompile(`httpdecode\.(New\(|Decoder\b|Queue\b)`),
		[]string{"httpdecode", "internal/layer/http1"}},
	{"a protocol is a value of trace.Protocol, not a name",
		regexp.MustCompile(`[pP]rotocol(\(\))? *(==|!=) *"[a-z]|case "(http/[0-9.]+|tls|websocket)"`),
		[]string{"internal/trace", "httpdecode", "capture/pcapfilter", // its keywords
			// What is printed is a name: filters, and what other programs read of it.
			"internal/filter/field_test.go", "cmd/httpscope/late_test.go", "internal/clients"}},
	{"who needs the text of a head asks for its lines, its fields and their places",
		regexp.MustCompile(`\.Text\.(Raw|Offset|Origin|StampAt)\b|\.Head\.Text\b`),
		[]string{"internal/trace", "internal/layer/http1", "internal/architecture"}},
}

func TestBorders(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "vendor" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".." &&
			d.Name() != "."):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		files++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		crossed(t, strings.TrimPrefix(filepath.ToSlash(path), "../../"), string(b))
		return nil
	})
	if err != nil || files < 500 {
		t.Fatalf("%d files were read, at least 500 are expected: %v", files, err)
	}
}

// crossed reports the lines of a file that step over a border.
func crossed(t *testing.T, path, text string) {
	for _, b := range borders {
		if within(path, b.in) || path == "internal/architecture/words_test.go" {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if b.words.MatchString(line) {
				t.Errorf("%s:%d: %s: %s", path, i+1, b.why, strings.TrimSpace(line))
			}
		}
	}
}

func within(path string, folders []string) bool {
	for _, f := range folders {
		if path == f || strings.HasPrefix(path, f+"/") {
			return true
		}
	}
	return false
}
