package grading

import (
	"errors"
	"io"

	"httpscope/capture"
	"httpscope/internal/course/coursework"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
)

// maxCaptures bounds the captures of one submission.
const maxCaptures = 8

// captures reads the captures that a submission is marked against.
func (r *Result) captures(a *coursework.Assignment, s *Submission, o Options) (
	all []*recording.Recording, problem texts.Phrase) {
	if o.Given != nil {
		student := r.student(s, o)
		rec, err := o.Given(student)
		if err != nil {
			return nil, texts.Say("grading.not-made", err)
		}
		r.foreign(s, student, o)
		return []*recording.Recording{rec}, problem
	}
	if len(s.Captures) == 0 {
		return nil, texts.Say("grading.no-capture")
	}
	if len(s.Captures) > maxCaptures {
		return nil, texts.Say("grading.many-captures", len(s.Captures), maxCaptures)
	}
	return together(s.Captures, o.Limit)
}

// together reads captures that have one limit in common.
func together(files []File, limit int64) (all []*recording.Recording, problem texts.Phrase) {
	if limit <= 0 {
		limit = recording.DefaultLimit
	}
	left := limit
	for i := range files {
		rec, err := readCapture(&files[i], max(left, 1))
		var large *recording.TooLargeError
		if errors.As(err, &large) && i > 0 {
			return nil, texts.Say("grading.captures-too-large", limit>>20, texts.Say("grading.smaller"))
		}
		if err != nil {
			return nil, CaptureProblem(files[i].Name, err).Phrase
		}
		left -= size(rec)
		all = append(all, rec)
	}
	return all, problem
}

// size is about the memory that a recording takes, as its limit counts it.
func size(r *recording.Recording) int64 {
	const perPacket = 512
	n := int64(len(r.Packets)) * perPacket
	for _, p := range r.Packets {
		n += int64(len(p.Frame))
	}
	return n
}

// student is the name for whom the capture of a submission was made: of those
// that its student may go by, the one whose variant was handed in, else the first.
func (r *Result) student(s *Submission, o Options) string {
	if o.Called == nil {
		return s.Name
	}
	names := o.Called(s.Name)
	for i := range s.Captures[:min(len(s.Captures), maxCaptures)] {
		rec, err := readCapture(&s.Captures[i], o.Limit)
		if err != nil || o.Own == nil {
			continue
		}
		for _, n := range names {
			if o.Own(n, rec) {
				return n
			}
		}
	}
	return names[0]
}

// foreign remarks on captures that are not the student's variant.
func (r *Result) foreign(s *Submission, student string, o Options) {
	for i := range s.Captures[:min(len(s.Captures), maxCaptures)] {
		rec, err := readCapture(&s.Captures[i], o.Limit)
		if err != nil || o.Own == nil || o.Own(student, rec) {
			continue
		}
		r.remark(o, "other-variant", "warning", texts.Say("grading.other-variant", s.Captures[i].Name))
	}
}

func readCapture(f *File, limit int64) (*recording.Recording, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return recording.Read(&bounded{in, maxBytes}, limit)
}

// maxBytes bounds the bytes of a capture that are read, out of a zip file too:
// blocks that hold no packet count for no limit of packets.
const maxBytes = 1 << 30

// errLong is the error of a capture with more bytes.
var errLong = texts.Errorf("grading.long", maxBytes>>20)

// bounded ends with an error where io.LimitReader ends as a cut file does.
type bounded struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLong
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// CaptureProblem says why a capture cannot be marked, and what to do about it. The name may be a phrase.
func CaptureProblem(name any, err error) *texts.Error {
	var large *recording.TooLargeError
	switch {
	case errors.As(err, &large):
		return texts.Errorf("grading.capture-too-large", name, err, texts.Say("grading.smaller"))
	case errors.Is(err, capture.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return texts.Errorf("grading.no-capture-file", name, err)
	}
	return texts.Errorf("grading.capture-unreadable", name, err)
}
