// Package grading finds what students have handed in (captures and a sheet of answers, in a folder, in a zip file, or
// as loose files that begin alike), and marks it: one submission, or a class of them side by side.
//
// It trusts no name and no size: links are not followed, nothing is unpacked to disk, and what is read is bounded.
// Nothing that a submission holds stops the others: what cannot be marked is a report that says why. The package
// writes nothing; package gradebook does, and package coursework knows what answers are worth.
package grading

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/original"
	"httpscope/internal/course/sheet"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Options say how to mark.
type Options struct {
	Lang  texts.Lang // of reports
	Limit int64      // bytes of one capture, 0 for the usual
	Now   time.Time
	// Given makes the capture of a student where all work on a given one. Nil:
	// each submission has its own.
	Given func(student string) (*recording.Recording, error)
	// Own tells whether a capture that was handed in is the one that Given makes
	// for a student. Nil: that is not asked.
	Own func(student string, r *recording.Recording) bool
	// Called are the names that a submission's student may go by in Given and Own,
	// the likeliest first. Nil: the submission's own name alone.
	Called func(submission string) []string
}

// Result is a submission, marked.
type Result struct {
	Name     string
	Download string             // as [Submission] has it
	Report   *coursework.Report // everything that can be said; see [coursework.Report.At]
	Prints   []*original.Print  // of its captures, where each student captures

	remarks []coursework.Remark // about the files, before there is a report
}

// One marks a submission. It always returns a report.
func One(a *coursework.Assignment, s *Submission, o Options) (r Result) {
	r = Result{Name: s.Name, Download: s.Download}
	defer func() {
		if p := recover(); p != nil {
			r.Report = failed(a, o, texts.Say("grading.failed", fmt.Sprint(p)))
		}
		if r.Report.Student == "" {
			r.Report.Student = visible.Line(s.Name)
		}
	}()
	if !s.Problem.IsZero() {
		r.Report = failed(a, o, s.Problem)
		return r
	}
	sh, problem := r.readSheet(a, s, o)
	if !problem.IsZero() {
		r.Report = failed(a, o, problem)
		return r
	}
	recordings, problem := r.captures(a, s, o)
	if !problem.IsZero() {
		r.Report = failed(a, o, problem)
		return r
	}
	r.Report = a.Mark(coursework.NewEvidence(recordings...), sh, o.Lang)
	r.Report.Remarks = append(r.Report.Remarks, r.remarks...)
	if o.Given == nil && a.Capture != "given" {
		r.originality(recordings, o)
	}
	return r
}

// remark adds a remark about the files.
func (r *Result) remark(o Options, code, severity string, text texts.Phrase) {
	said := visible.Line(texts.In(o.Lang).Of(text))
	r.remarks = append(r.remarks, coursework.Remark{Code: code, Severity: severity, Text: said})
}

// failed is the report of what cannot be marked.
func failed(a *coursework.Assignment, o Options, problem texts.Phrase) *coursework.Report {
	r := &coursework.Report{Lang: o.Lang, Assignment: a.ID, Title: visible.Line(a.Title.In(o.Lang)),
		Problem: visible.Line(texts.In(o.Lang).Of(problem))}
	for i := range a.Questions {
		if q := &a.Questions[i]; q.ByHand() {
			r.Open += q.Worth()
		} else {
			r.Max += q.Worth()
		}
	}
	return r
}

// readSheet reads the sheet that answers most questions of the assignment: a
// student may hand in exported packet lists and notes as well.
func (r *Result) readSheet(a *coursework.Assignment, s *Submission, o Options) (
	best *sheet.Sheet, problem texts.Phrase) {
	if len(s.Sheets) == 0 {
		return nil, texts.Say("grading.no-sheet")
	}
	const most = 20
	name, answered := "", -1
	for i := range s.Sheets[:min(len(s.Sheets), most)] {
		sh, wrong := parseSheet(&s.Sheets[i])
		if problem.IsZero() {
			problem = wrong
		}
		if sh == nil {
			continue
		}
		if n := a.Recognised(sh); n > answered {
			best, name, answered = sh, s.Sheets[i].Name, n
		}
	}
	if best == nil {
		return nil, problem
	}
	if len(s.Sheets) > 1 {
		r.remark(o, "sheet-chosen", "note", texts.Say("grading.sheet-chosen", len(s.Sheets), name))
	}
	return best, texts.Phrase{}
}

// parseSheet reads a sheet, or says why there is nothing in it.
func parseSheet(f *File) (*sheet.Sheet, texts.Phrase) {
	b, err := f.Read(sheet.MaxSize)
	if err == nil {
		var sh *sheet.Sheet
		if sh, err = sheet.Parse(f.Name, b); err == nil && len(sh.Answers) > 0 {
			return sh, texts.Phrase{}
		}
	}
	if err != nil {
		return nil, texts.Say("grading.bad-sheet", f.Name, err)
	}
	return nil, texts.Say("grading.no-answers", f.Name)
}

// originality asks whether the capture is the student's own.
func (r *Result) originality(all []*recording.Recording, o Options) {
	for _, rec := range all {
		for _, m := range original.Check(rec, original.Options{Now: o.Now}) {
			r.Report.Remarks = append(r.Report.Remarks, coursework.Remark{Code: m.Code, Severity: m.Severity,
				Text: texts.In(o.Lang).Of(m.Text)})
		}
	}
	for _, rec := range all {
		r.Prints = append(r.Prints, original.Fingerprint(rec))
	}
}

// Class marks submissions, some at a time. done is called after each, never two
// calls at once, with how many are done. It returns early when ctx ends.
func Class(ctx context.Context, a *coursework.Assignment, all []*Submission, o Options, done func(n int)) []Result {
	results := make([]Result, len(all))
	next := make(chan int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	finished := 0
	for range min(runtime.GOMAXPROCS(0), max(len(all), 1)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				results[i] = One(a, all[i], o)
				mu.Lock()
				finished++
				done(finished)
				mu.Unlock()
			}
		}()
	}
	for i := range all {
		if ctx.Err() != nil {
			results[i] = Result{Name: all[i].Name, Download: all[i].Download,
				Report: failed(a, o, texts.Say("grading.interrupted"))}
			continue
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return results
}
