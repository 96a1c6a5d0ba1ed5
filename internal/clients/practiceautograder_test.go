//go:build clients && linux

package clients

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// installed fails where a program of these tests is missing.
func installed(t *testing.T, program, debianPackage string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing: apt-get install %s", program, debianPackage)
	}
}

// static builds the program without C, as a teacher does for Gradescope. There
// is no network here, and none is needed: the modules were read for the program
// under test.
func static(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "httpscope")
	c := exec.Command("go", "build", "-o", program, "../../cmd/httpscope")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=-buildvcs=false")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("a static program: %v\n%s", err, out)
	}
	return program
}

// gradescope is results.json as Gradescope's specification lists it; a field
// that is not in the list is an error there.
type gradescope struct {
	Score            *float64         `json:"score"`
	ExecutionTime    *float64         `json:"execution_time"`
	Output           string           `json:"output"`
	OutputFormat     string           `json:"output_format"`
	TestOutputFormat string           `json:"test_output_format"`
	TestNameFormat   string           `json:"test_name_format"`
	Visibility       string           `json:"visibility"`
	StdoutVisibility string           `json:"stdout_visibility"`
	ExtraData        json.RawMessage  `json:"extra_data"`
	Tests            []gradescopeTest `json:"tests"`
	Leaderboard      json.RawMessage  `json:"leaderboard"`
}

type gradescopeTest struct {
	Score        *float64        `json:"score"`
	MaxScore     *float64        `json:"max_score"`
	Status       string          `json:"status"`
	Name         string          `json:"name"`
	NameFormat   string          `json:"name_format"`
	Number       string          `json:"number"`
	Output       string          `json:"output"`
	OutputFormat string          `json:"output_format"`
	Tags         []string        `json:"tags"`
	Visibility   string          `json:"visibility"`
	ExtraData    json.RawMessage `json:"extra_data"`
}

var (
	outputFormats = []string{"", "text", "html", "simple_format", "md", "ansi"}
	visibilities  = []string{"", "hidden", "after_due_date", "after_published", "visible"}
)

// valid reads results and holds them against the specification.
func valid(t *testing.T, file string) gradescope {
	t.Helper()
	var g gradescope
	d := json.NewDecoder(strings.NewReader(contents(t, file)))
	d.DisallowUnknownFields()
	if err := d.Decode(&g); err != nil {
		t.Fatalf("%s: %v\n%s", file, err, contents(t, file))
	}
	if g.Score == nil || *g.Score < 0 || !slices.Contains(outputFormats, g.OutputFormat) ||
		!slices.Contains(visibilities, g.Visibility) {
		t.Errorf("%s is none of Gradescope's: %+v", file, g)
	}
	sum := 0.0
	for _, q := range g.Tests {
		if q.Score == nil || q.MaxScore == nil || *q.Score > *q.MaxScore || q.Name == "" ||
			!slices.Contains([]string{"passed", "failed"}, q.Status) ||
			!slices.Contains(visibilities, q.Visibility) || !slices.Contains(outputFormats, q.OutputFormat) {
			t.Fatalf("%s has a test that is none of Gradescope's: %+v", file, q)
		}
		if passed := *q.Score == *q.MaxScore; passed != (q.Status == "passed") {
			t.Errorf("%s: %g of %g points, and %s", q.Name, *q.Score, *q.MaxScore, q.Status)
		}
		sum += *q.Score
	}
	if len(g.Tests) > 0 && math.Abs(sum-*g.Score) > 1e-9 {
		t.Errorf("%s: the tests have %g points, and the score is %g", file, sum, *g.Score)
	}
	return g
}

// autograder is a folder laid out as Gradescope's containers are.
func (p *practice) autograder(t *testing.T) (root string) {
	t.Helper()
	installed(t, "unzip", "unzip")
	zip := filepath.Join(t.TempDir(), "autograder.zip")
	if _, said, code := ran(t, "coursework", "autograder", p.assignment, "-o", zip); code != 2 ||
		!strings.Contains(said, "CGO_ENABLED=0") {
		t.Errorf("a program that needs libpcap is taken for an autograder: exit code %d, %s", code, said)
	}
	if _, said, code := ran(t, "coursework", "autograder", p.assignment, "-o", zip, "--binary", static(t)); code != 0 {
		t.Fatalf("no autograder: exit code %d, %s", code, said)
	}
	root = t.TempDir()
	must(t, exec.Command("unzip", "-q", zip, "-d", root+"/source"))
	for _, script := range []string{"setup.sh", "run_autograder"} {
		if _, err := os.Stat(root + "/source/" + script); err != nil {
			t.Fatal(err)
		}
	}
	must(t, inContainer(root, "source/setup.sh"))
	must(t, exec.Command("cp", root+"/source/run_autograder", root+"/run_autograder"))
	return root
}

// inContainer runs a script of an autograder with nothing of this machine in its
// environment.
func inContainer(root, script string) *exec.Cmd {
	c := exec.Command("bash", root+"/"+script)
	c.Dir, c.Env = root, []string{"PATH=/usr/bin:/bin", "AUTOGRADER_ROOT=" + root}
	return c
}

// handIn runs the autograder on files that a student has uploaded, by name.
func handIn(t *testing.T, root string, files map[string]string) gradescope {
	t.Helper()
	for _, dir := range []string{"submission", "results"} {
		if err := os.RemoveAll(filepath.Join(root, dir)); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, file := range files {
		must(t, exec.Command("cp", file, filepath.Join(root, "submission", name)))
	}
	must(t, inContainer(root, "run_autograder"))
	return valid(t, root+"/results/results.json")
}

// onGradescope has a right, a wrong and a broken submission marked as Gradescope
// does it.
func (p *practice) onGradescope(t *testing.T) {
	root := p.autograder(t)
	files := map[string]string{"lo.pcapng": p.captures[0], "wlan.pcapng": p.captures[1],
		"lab4.md": p.hand(t, inMarkdown, p.sheet)}
	g := handIn(t, root, files)
	if *g.Score != 11 || len(g.Tests) != 6 {
		t.Errorf("the right submission: %+v", g)
	}
	sheet := slices.Clone(p.sheet)
	a := answerTo(sheet, "2-5")
	left := a.rows[0]
	a.rows = a.rows[1:]
	files["lab4.md"] = p.hand(t, inMarkdown, sheet)
	g = handIn(t, root, files)
	if *g.Score >= 11 || *g.Score < 5 {
		t.Errorf("the wrong submission: %+v", g)
	}
	for _, q := range g.Tests {
		if (q.Status == "failed") != strings.Contains(q.Name, "2-5") {
			t.Errorf("the wrong submission: %+v", q)
		}
	}
	if b := []byte(contents(t, root+"/results/results.json")); bytes.Contains(b, []byte(left[1])) {
		t.Errorf("the results tell the row that was left out: %q\n%s", left, b)
	}
	files["lo.pcapng"] = p.hand(t, inMarkdown, sheet) // a text
	for name, broken := range map[string]map[string]string{"no capture": files, "nothing": nil,
		"no sheet": {"lo.pcapng": p.captures[0]}} {
		if g := handIn(t, root, broken); *g.Score != 0 || len(g.Output) < 20 {
			t.Errorf("%s: %+v", name, g)
		}
	}
}
