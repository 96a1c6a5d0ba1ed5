package gradebook

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Options says how results are shown where they go.
type Options struct {
	// Visibility is who sees the tests on Gradescope: "hidden", "after_due_date",
	// "after_published" or "visible". Empty is "visible".
	Visibility string
}

// visibilities are Gradescope's.
var visibilities = []string{"hidden", "after_due_date", "after_published", "visible"}

// gradescopeResults is results.json as
// gradescope-autograders.readthedocs.io/en/latest/specs describes it. The score
// is given, and so overrides the sum of the tests.
type gradescopeResults struct {
	Score        float64          `json:"score"`
	Output       string           `json:"output"`
	OutputFormat string           `json:"output_format"`
	Tests        []gradescopeTest `json:"tests"`
	ExtraData    gradescopeExtra  `json:"extra_data"`
}

type gradescopeTest struct {
	Name       string   `json:"name"`
	Number     string   `json:"number"`
	Score      float64  `json:"score"`
	MaxScore   float64  `json:"max_score"`
	Status     string   `json:"status"`
	Output     string   `json:"output"`
	Visibility string   `json:"visibility"`
	Tags       []string `json:"tags,omitempty"`
}

// gradescopeExtra is for the teacher's programs; Gradescope shows it to nobody.
type gradescopeExtra struct {
	Assignment string              `json:"assignment"`
	Max        float64             `json:"max"`
	Open       float64             `json:"open"`
	Problem    string              `json:"problem,omitempty"`
	Remarks    []coursework.Remark `json:"remarks,omitempty"`
}

// Gradescope writes results.json for one submission. Questions that are left to
// a person, or could not be read, are no tests: the output names them. A submission that could not be
// marked has score 0, and the output says why.
func Gradescope(w io.Writer, r *coursework.Report, o Options) error {
	if o.Visibility == "" {
		o.Visibility = "visible"
	}
	if !slices.Contains(visibilities, o.Visibility) {
		return texts.Errorf("gradebook.writing-gradescope", texts.Say("gradebook.visibility", o.Visibility,
			visibilities))
	}
	c, v := clean(r), voiceOf(r)
	res := gradescopeResults{
		Score: c.Score, Output: v.summary(c), OutputFormat: "text",
		Tests:     v.gradescopeTests(c, o),
		ExtraData: gradescopeExtra{c.Assignment, c.Max, c.Open, c.Problem, c.Remarks},
	}
	if c.Problem != "" {
		res.Score = 0
	}
	return writeJSON(w, res)
}

func (v voice) gradescopeTests(r *coursework.Report, o Options) []gradescopeTest {
	tests := []gradescopeTest{}
	for i, m := range r.Questions {
		if m.Open == m.Max {
			continue
		}
		status := "failed"
		if m.Verdict == coursework.Right {
			status = "passed"
		}
		tests = append(tests, gradescopeTest{
			Name: v.title(m), Number: strconv.Itoa(i + 1), Score: m.Points, MaxScore: m.Max - m.Open,
			Status: status, Output: v.answer(m), Visibility: o.Visibility, Tags: m.Tags,
		})
	}
	return tests
}

// writeJSON writes v indented, with < > & escaped, so that it is harmless inside a page too.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(visible.JSONWriter(w))
	e.SetIndent("", "  ")
	return e.Encode(v)
}
