package gradebook

import (
	"encoding/json"
	"io"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
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
	b, err := voiceOf(r).fitted(clean(r), maxPrairieLearn)
	if err != nil {
		return texts.Errorf("gradebook.writing-prairielearn", err)
	}
	_, err = w.Write(b)
	return err
}

func (v voice) prairie(r *coursework.Report) prairieResults {
	res := prairieResults{Gradable: r.Problem == "", Output: v.summary(r), Tests: []prairieTest{}}
	if !res.Gradable {
		res.FormatErrors = []string{r.Problem}
		res.Message = v.Phrase("gradebook.costs-no-attempt")
		return res
	}
	res.Score, res.Message = share(r.Score, r.Max), v.Phrase("gradebook.all-marked")
	if len(leftToPerson(r)) > 0 {
		res.Message = v.Phrase("gradebook.some-marked")
	}
	for _, m := range r.Questions {
		if m.Open == m.Max {
			continue
		}
		res.Tests = append(res.Tests, prairieTest{
			Name: v.title(m), Description: m.Prompt, Points: m.Points, MaxPoints: m.Max - m.Open,
			Message: v.Phrase("gradebook.sentence", v.verdict(m.Verdict)), Output: v.answer(m),
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

// fitted encodes the results of a clean report in at most limit bytes: every text is cut to the same
// length, which is halved until all fits; then tests are left out at the end.
func (v voice) fitted(r *coursework.Report, limit int) ([]byte, error) {
	res := v.prairie(r)
	b, err := encoded(res)
	for n := maxText; err == nil && len(b) > limit && n >= 64; n /= 2 {
		if n < longest(res) {
			b, err = encoded(v.shortened(res, n))
		}
	}
	for keep := len(res.Tests) / 2; err == nil && len(b) > limit; keep /= 2 {
		less := v.shortened(res, 64)
		less.Tests = less.Tests[:keep]
		less.Message = v.Phrase("gradebook.first-questions", less.Message, keep, len(res.Tests))
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

func (v voice) shortened(res prairieResults, n int) prairieResults {
	cut := func(s string) string { return v.short(s, n) }
	res.Message = v.Phrase("gradebook.long-texts", res.Message)
	res.Output, res.FormatErrors = v.short(res.Output, max(n, 1024)), mapped(res.FormatErrors, cut)
	res.Tests = mapped(res.Tests, func(t prairieTest) prairieTest {
		t.Name, t.Description, t.Output = cut(t.Name), cut(t.Description), cut(t.Output)
		return t
	})
	return res
}
