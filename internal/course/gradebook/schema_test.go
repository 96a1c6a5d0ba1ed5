package gradebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"httpscope/internal/course/coursework"
)

// schema is which fields an object may have: a field without a rule is refused.
type schema map[string]func(v any) error

func check(s schema, required []string, v any) error {
	object, is := v.(map[string]any)
	if !is {
		return fmt.Errorf("%v is no object", v)
	}
	for _, name := range required {
		if _, has := object[name]; !has {
			return fmt.Errorf("there is no %q", name)
		}
	}
	for name, value := range object {
		rule, known := s[name]
		if !known {
			return fmt.Errorf("%q is no field", name)
		}
		if err := rule(value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// seen is a string in which everything can be seen.
func seen(v any) error {
	s, is := v.(string)
	if bad := unseen(s); !is || bad != "" {
		return fmt.Errorf("%v is no visible string (%s)", v, bad)
	}
	return nil
}

func numeric(v any) error {
	if _, is := v.(float64); !is {
		return fmt.Errorf("%v is no number", v)
	}
	return nil
}

func oneOf(words ...string) func(any) error {
	return func(v any) error {
		if s, is := v.(string); !is || !slices.Contains(words, s) {
			return fmt.Errorf("%v is none of %q", v, words)
		}
		return nil
	}
}

func listOf(rule func(any) error) func(any) error {
	return func(v any) error {
		list, is := v.([]any)
		if !is {
			return fmt.Errorf("%v is no list", v)
		}
		for _, x := range list {
			if err := rule(x); err != nil {
				return err
			}
		}
		return nil
	}
}

// checkGradescope holds gradescope-autograders' specification of results.json.
func checkGradescope(v any) error {
	formats := oneOf("text", "html", "simple_format", "md", "ansi")
	visibility := oneOf("hidden", "after_due_date", "after_published", "visible")
	anything := func(any) error { return nil }
	test := schema{"score": numeric, "max_score": numeric, "status": oneOf("passed", "failed"), "name": seen,
		"name_format": formats, "number": seen,
		"output": seen, "output_format": formats, "tags": listOf(seen), "visibility": visibility,
		"extra_data": anything}
	return check(schema{"score": numeric, "execution_time": numeric, "output": seen, "output_format": formats,
		"test_output_format": formats,
		"test_name_format":   formats, "visibility": visibility, "stdout_visibility": visibility, "extra_data": anything,
		"tests": listOf(func(v any) error { return check(test, nil, v) })}, []string{"score"}, v)
}

// checkPrairieLearn holds PrairieLearn's docs/externalGrading.md, "Grading results".
func checkPrairieLearn(v any) error {
	unit := func(v any) error {
		if f, is := v.(float64); !is || f < 0 || f > 1 {
			return fmt.Errorf("%v is not from 0 to 1", v)
		}
		return nil
	}
	boolean := func(v any) error {
		if _, is := v.(bool); !is {
			return fmt.Errorf("%v is not true or false", v)
		}
		return nil
	}
	test := schema{"name": seen, "description": seen, "points": numeric, "max_points": numeric, "message": seen,
		"output": seen}
	return check(schema{"gradable": boolean, "score": unit, "format_errors": listOf(seen), "message": seen,
		"output": seen,
		"tests":  listOf(func(v any) error { return check(test, nil, v) })}, []string{"score"}, v)
}

// parsed reads JSON and refuses anything after it.
func parsed(t interface{ Fatal(...any) }, b []byte) any {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemasRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		check func(any) error
		text  string
	}{
		"an unknown field":         {checkGradescope, `{"score":1,"points":2}`},
		"no score":                 {checkGradescope, `{"output":"x"}`},
		"a status that is none":    {checkGradescope, `{"score":1,"tests":[{"status":"ok"}]}`},
		"an escape":                {checkGradescope, `{"score":1,"output":"\u001b[1m"}`},
		"a visibility":             {checkGradescope, `{"score":1,"tests":[{"visibility":"shown"}]}`},
		"a score over 1":           {checkPrairieLearn, `{"score":1.5}`},
		"an unknown field of test": {checkPrairieLearn, `{"score":1,"tests":[{"max_score":1}]}`},
	} {
		if c.check(parsed(t, []byte(c.text))) == nil {
			t.Errorf("%s is let through: %s", name, c.text)
		}
	}
}

func TestGradescopeOfHostileReports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawReport(t), Options{Visibility: rapid.SampledFrom(append(visibilities, "")).Draw(t, "visibility")}
		var b bytes.Buffer
		if err := Gradescope(&b, r, o); err != nil {
			t.Fatal(err)
		}
		v := parsed(t, b.Bytes())
		if err := checkGradescope(v); err != nil {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		if score := v.(map[string]any)["score"]; r.Problem != "" && score != 0.0 {
			t.Fatalf("a submission that was not marked has the score %v", score)
		}
	})
}

func TestPrairieLearnOfHostileReports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		var b bytes.Buffer
		if err := PrairieLearn(&b, r); err != nil {
			t.Fatal(err)
		}
		v := parsed(t, b.Bytes())
		if err := checkPrairieLearn(v); err != nil {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		if gradable := v.(map[string]any)["gradable"]; gradable != (r.Problem == "") {
			t.Fatalf("gradable is %v with the problem %q", gradable, r.Problem)
		}
	})
}

func TestPrairieLearnIsAtMostOneMegabyte(t *testing.T) {
	for _, c := range []struct {
		questions, length int
		says              string
	}{
		{5, 100, "All answers are marked."},
		{60, 40 << 10, "Long texts are shortened"},
		{4500, 120, "questions are listed"},
	} {
		var questions []coursework.Marked
		for i := range c.questions {
			questions = append(questions, answered(fmt.Sprint(i), coursework.Wrong, 0, 1,
				strings.Repeat("<\x1b", c.length/2)))
		}
		var a, b bytes.Buffer
		if err := PrairieLearn(&a, report(questions...)); err != nil {
			t.Fatal(err)
		}
		PrairieLearn(&b, report(questions...))
		if a.Len() > maxPrairieLearn || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%d questions: %d bytes, the same again: %v", c.questions, a.Len(),
				bytes.Equal(a.Bytes(), b.Bytes()))
		}
		v := parsed(t, a.Bytes())
		if err := checkPrairieLearn(v); err != nil {
			t.Error(err)
		}
		if m := v.(map[string]any)["message"].(string); !strings.Contains(m, c.says) {
			t.Errorf("%d questions: the message is %q, and does not say %q", c.questions, m, c.says)
		}
	}
}

// labReport is one submission with every kind of verdict.
func labReport() *coursework.Report {
	table := answered("4", coursework.Partly, 1.5, 2, "10.0.0.7,43324")
	table.Cells = []coursework.Cell{
		{Row: 1, Column: "source port", Given: "43324", Verdict: coursework.Right},
		{Row: 1, Column: "status", Given: "404", Expected: "200", Verdict: coursework.Wrong,
			Comment: "404 is the favicon's."},
		{Row: 0, Column: "status", Verdict: coursework.Missing},
	}
	wrong := answered("2", coursework.Wrong, 0, 2, "482\x1b[31m \xff")
	wrong.Expected, wrong.Feedback, wrong.Tags = "128", []string{"That is the length of the frame."},
		[]string{"frame-length"}
	wrong.Hints, wrong.Proof = []string{"Content-Length"}, []coursework.Proof{{Frame: 36, Text: "Content-Length: 128"}}
	r := report(answered("1", coursework.Right, 2, 2, "36"), wrong, answered("3", coursework.Missing, 0, 1, ""), table,
		answered("5", coursework.Person, 0, 3, "Because\nof the cache."))
	r.Remarks = []coursework.Remark{{Code: "two-captures", Severity: "note", Text: "There are two captures."}}
	return r
}

func TestGradescopeOfALab(t *testing.T) {
	var b bytes.Buffer
	if err := Gradescope(&b, labReport(), Options{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "gradescope.json", b.String())
}

func TestPrairieLearnOfALab(t *testing.T) {
	var b bytes.Buffer
	if err := PrairieLearn(&b, labReport()); err != nil {
		t.Fatal(err)
	}
	golden(t, "prairielearn.json", b.String())
}

func TestGradescopeRefusesAVisibilityThatIsNone(t *testing.T) {
	err := Gradescope(&bytes.Buffer{}, labReport(), Options{Visibility: "secret"})
	want := `write Gradescope results: visibility "secret" is none of ["hidden" "after_due_date" "after_published" "visible"]`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestJSONOfASmallClass(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, sampleClass(13, 3)); err != nil {
		t.Fatal(err)
	}
	golden(t, "class.json", b.String())
}

func TestJSONOfHostileClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawClass(t)
		var b bytes.Buffer
		if err := JSON(&b, c); err != nil {
			t.Fatal(err)
		}
		v := parsed(t, b.Bytes()).(map[string]any)
		if n := len(v["entries"].([]any)); n != len(c.Entries) {
			t.Fatalf("%d entries of %d", n, len(c.Entries))
		}
		if err := allSeen(v); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff("2026-11-25T14:30:00Z", v["marked"]); d != "" {
			t.Fatal(d)
		}
	})
}

// allSeen looks at every string inside v.
func allSeen(v any) error {
	switch v := v.(type) {
	case string:
		return seen(v)
	case []any:
		return listOf(allSeen)(v)
	case map[string]any:
		for _, x := range v {
			if err := allSeen(x); err != nil {
				return err
			}
		}
	}
	return nil
}
