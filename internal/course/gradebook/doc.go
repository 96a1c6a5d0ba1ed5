// Package gradebook writes what a class's marks become elsewhere: results for
// Gradescope and PrairieLearn, grade files for Canvas and Moodle, one JSON object
// or one HTML page for the class, and the upload that makes Gradescope run
// httpscope. It reads the lists of students that these systems export, and it
// computes item statistics.
//
// Whatever students wrote is hostile: control characters become visible, no cell
// of a CSV file becomes a formula, nothing on the page runs.
//
// It marks nothing and decides no feedback level (package coursework does), it
// compares no captures (package original does), and it sends nothing anywhere.
package gradebook

import (
	"time"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
)

// Class is one assignment of a class, marked.
type Class struct {
	Lang       texts.Lang // of the page, and of what is said beside the reports
	Assignment string     // its ID
	Title      string
	Marked     time.Time // when; written in the zone it carries
	Entries    []Entry
	Groups     []Group
	Missing    []Student // of the roster, of whom there is no submission
}

// Entry is one submission with its report. Without a student nobody of the roster
// was found for it; without a report it was not marked.
type Entry struct {
	Submission string // the name of the folder or file that was handed in
	Student    *Student
	Report     *coursework.Report
}

// Group is submissions that seem to hold the same capture.
type Group struct {
	Submissions []string `json:"submissions"`
	Why         string   `json:"why"`
}

// Notice is what a grade file cannot say, or a teacher should know before
// importing it.
type Notice struct {
	Submission string       // empty when it is about the whole file
	Text       texts.Phrase // whole sentences
}

// marked reports whether an entry has a score.
func (e Entry) marked() bool { return e.Report != nil && e.Report.Problem == "" }

// problem says why an entry has no score; nothing where it has one.
func (e Entry) problem() texts.Phrase {
	switch {
	case e.Report == nil:
		return texts.Say("gradebook.no-report")
	case e.Report.Problem != "":
		return texts.Say("sheet.said", importers.text(e.Report.Problem))
	}
	return texts.Phrase{}
}
