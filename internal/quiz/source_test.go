package quiz_test

import (
	"path/filepath"
	"testing"

	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
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

// read are the recordings of the sample captures, once they were read.
var read []sample

// allSamples reads the sample captures, once.
func allSamples(t testing.TB) []sample {
	t.Helper()
	if read == nil {
		for _, path := range testkit.Samples(t) {
			read = append(read, sample{filepath.Base(path), path, source{testkit.Open(t, path)}})
		}
	}
	return read
}

// everything asks all questions that there are.
const everything = 1 << 20

// made are the quizzes of each sample, once they were made.
var made map[string][]quiz.Question

// quizzes are the questions of each sample: all of them for one seed, and a
// quiz for each of twenty. They are made once.
func quizzes(t testing.TB) map[string][]quiz.Question {
	t.Helper()
	if made != nil {
		return made
	}
	made = map[string][]quiz.Question{}
	for _, s := range allSamples(t) {
		made[s.name] = quiz.New(s, 0, quiz.Options{Questions: everything})
		for seed := range uint64(20) {
			made[s.name] = append(made[s.name], quiz.New(s, seed, quiz.Options{Questions: 20})...)
		}
	}
	return made
}

// each calls f with many questions about every sample.
func each(t *testing.T, f func(t *testing.T, s sample, q *quiz.Question)) {
	for _, s := range allSamples(t) {
		t.Run(s.name, func(t *testing.T) {
			questions := quizzes(t)[s.name]
			for i := range questions {
				f(t, s, &questions[i])
			}
		})
	}
}
