package grading

import (
	"errors"
	"fmt"
	"io"

	"httpscope/capture"
	"httpscope/internal/course/coursework"
	"httpscope/internal/recording"
	"httpscope/internal/visible"
)

// maxCaptures bounds the captures of one submission.
const maxCaptures = 8

// captures reads the captures that a submission is marked against.
func (r *Result) captures(a *coursework.Assignment, s *Submission, o Options) (all []*recording.Recording, problem string) {
	if o.Given != nil {
		student := r.student(s, o)
		rec, err := o.Given(student)
		if err != nil {
			return nil, "The capture of this student cannot be made: " + err.Error() + "."
		}
		r.foreign(s, student, o)
		return []*recording.Recording{rec}, ""
	}
	if len(s.Captures) == 0 {
		return nil, "There is no capture. It must end in .pcap or .pcapng."
	}
	if len(s.Captures) > maxCaptures {
		return nil, fmt.Sprintf("There are %d captures, more than %d.", len(s.Captures), maxCaptures)
	}
	return together(s.Captures, o.Limit)
}

// together reads captures that have one limit in common.
func together(files []File, limit int64) (all []*recording.Recording, problem string) {
	if limit <= 0 {
		limit = recording.DefaultLimit
	}
	left := limit
	for i := range files {
		rec, err := readCapture(&files[i], max(left, 1))
		var large *recording.TooLargeError
		if errors.As(err, &large) && i > 0 {
			return nil, fmt.Sprintf("The captures are too large: together their packets take more than %d MB of memory. %s",
				limit>>20, smaller)
		}
		if err != nil {
			return nil, CaptureProblem(files[i].Name, err)
		}
		left -= size(rec)
		all = append(all, rec)
	}
	return all, ""
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
		r.remarks = append(r.remarks, coursework.Remark{Code: "other-variant", Severity: "warning",
			Text: visible.Line(s.Captures[i].Name + " is not the capture that was made for this student. " +
				"The answers were marked against the student's own.")})
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
var errLong = fmt.Errorf("it has more than %d MB", maxBytes>>20)

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

// smaller says what to do about a capture that is too large.
const smaller = "Capture with a capture filter such as \"tcp port 8000\", or cut the file."

// CaptureProblem says why a capture cannot be marked, and what to do about it.
func CaptureProblem(name string, err error) string {
	var large *recording.TooLargeError
	switch {
	case errors.As(err, &large):
		return fmt.Sprintf("%s: %v. %s", name, err, smaller)
	case errors.Is(err, capture.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("%s is no capture file: %v.", name, err)
	}
	return fmt.Sprintf("%s cannot be read: %v.", name, err)
}
