package quiz_test

import (
	"path/filepath"
	"sync"
	"testing"

	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/trace"
)

// source lets a recording be asked about.
type source struct{ *recording.Recording }

func (s source) Connections() []*trace.Connection { return s.Recording.Connections }
func (s source) Exchanges() []*trace.Exchange     { return s.Recording.Exchanges }

// sample is a capture with a name.
type sample struct {
	name, path string
	source
}

// samples are the recordings of the pcaps folder, read once.
var samples = sync.OnceValues(func() ([]sample, error) {
	paths, err := filepath.Glob("../../pcaps/*.pcap*")
	if err != nil {
		return nil, err
	}
	var out []sample
	for _, path := range paths {
		r, err := recording.Open(path, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, sample{filepath.Base(path), path, source{r}})
	}
	return out, nil
})

func allSamples(t testing.TB) []sample {
	t.Helper()
	all, err := samples()
	if err != nil || len(all) < 50 {
		t.Fatalf("%d samples: %v", len(all), err)
	}
	return all
}

// everything asks all questions that there are.
const everything = 1 << 20

// quizzes are the questions of each sample: all of them for one seed, and a
// quiz for each of twenty. They are made once.
var quizzes = sync.OnceValue(func() map[string][]quiz.Question {
	all, _ := samples()
	out := map[string][]quiz.Question{}
	for _, s := range all {
		out[s.name] = quiz.New(s, 0, quiz.Options{Questions: everything})
		for seed := range uint64(20) {
			out[s.name] = append(out[s.name], quiz.New(s, seed, quiz.Options{Questions: 20})...)
		}
	}
	return out
})

// each calls f with many questions about every sample.
func each(t *testing.T, f func(t *testing.T, s sample, q *quiz.Question)) {
	for _, s := range allSamples(t) {
		t.Run(s.name, func(t *testing.T) {
			questions := quizzes()[s.name]
			for i := range questions {
				f(t, s, &questions[i])
			}
		})
	}
}
