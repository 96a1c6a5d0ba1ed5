package gradebook

import (
	"encoding/json"
	"fmt"
	"io"

	"httpscope/internal/course/coursework"
	"httpscope/internal/visible"
)

// maxPrairieLearn is the size of results.json that PrairieLearn accepts: 1 MB.
const maxPrairieLearn = 1_000_000

// prairieResults is results.json of PrairieLearn's external graders
// (docs/externalGrading.md, "Grading results").
type prairieResults struct {
	Gradable     bool          `json:"gradable"`
	Score        float64       `json:"score"` // 0 to 1
	FormatErrors []string      `json:"format_errors,omitempty"`
	Message      string        `json:"message"`
	Output       string        `json:"output"`
	Tests        []prairieTest `json:"tests"`
}

type prairieTest struct {
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Points      float64 `json:"points"`
	MaxPoints   float64 `json:"max_points"`
	Message     string  `json:"message"`
	Output      string  `json:"output"`
}

// PrairieLearn writes results.json for one submission. A submission that could
// not be marked is not gradable, which costs the student no attempt. Texts are
// shortened when the file would become larger than 1 MB, and the message says so.
func PrairieLearn(w io.Writer, r *coursework.Report) error {
	b, err := fitted(prairie(clean(r)), maxPrairieLearn)
	if err != nil {
		return fmt.Errorf("write PrairieLearn results: %w", err)
	}
	_, err = w.Write(b)
	return err
}

func prairie(r *coursework.Report) prairieResults {
	res := prairieResults{Gradable: r.Problem == "", Output: summary(r), Tests: []prairieTest{}}
	if !res.Gradable {
		res.FormatErrors = []string{r.Problem}
		res.Message = "This submission could not be marked. It costs no attempt."
		return res
	}
	res.Score, res.Message = share(r.Score, r.Max), "All answers are marked."
	if len(leftToPerson(r)) > 0 {
		res.Message = "The answers that a program can mark are marked. A person marks the others."
	}
	for _, m := range r.Questions {
		if m.Verdict == coursework.Person {
			continue
		}
		res.Tests = append(res.Tests, prairieTest{
			Name: title(m), Description: m.Prompt, Points: m.Points, MaxPoints: m.Max,
			Message: verdictWord(m.Verdict) + ".", Output: answer(m),
		})
	}
	return res
}

// share is score of max, from 0 to 1; 0 where there is nothing to have.
func share(score, max float64) float64 {
	if max <= 0 || score <= 0 {
		return 0
	}
	return min(score/max, 1)
}

// fitted encodes results in at most limit bytes: every text is cut to the same
// length, which is halved until all fits; then tests are left out at the end.
func fitted(res prairieResults, limit int) ([]byte, error) {
	b, err := encoded(res)
	for n := maxText; err == nil && len(b) > limit && n >= 64; n /= 2 {
		if n < longest(res) {
			b, err = encoded(shortened(res, n))
		}
	}
	for keep := len(res.Tests) / 2; err == nil && len(b) > limit; keep /= 2 {
		less := shortened(res, 64)
		less.Tests = less.Tests[:keep]
		less.Message += fmt.Sprintf(" Only the first %d of %d questions are listed.", keep, len(res.Tests))
		if b, err = encoded(less); keep == 0 {
			break
		}
	}
	return b, err
}

// longest is the length of the longest text of a test.
func longest(res prairieResults) int {
	n := 0
	for _, t := range res.Tests {
		n = max(n, len(t.Name), len(t.Description), len(t.Output))
	}
	return n
}

func encoded(res prairieResults) ([]byte, error) {
	b, err := json.MarshalIndent(res, "", " ")
	return append(visible.JSON(b), '\n'), err
}

func shortened(res prairieResults, n int) prairieResults {
	cut := func(s string) string { return short(s, n) }
	res.Message += " Long texts are shortened, because the results must not be larger than 1 MB."
	res.Output, res.FormatErrors = short(res.Output, max(n, 1024)), mapped(res.FormatErrors, cut)
	res.Tests = mapped(res.Tests, func(t prairieTest) prairieTest {
		t.Name, t.Description, t.Output = cut(t.Name), cut(t.Description), cut(t.Output)
		return t
	})
	return res
}
