package tui

import (
	"context"
	"time"

	"github.com/gdamore/tcell/v2"

	"httpscope/internal/doc"
	"httpscope/internal/store"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Config is what a screen shows, and whom it asks for what has an effect.
// Functions that are nil are things that cannot be done; the screen says so.
// They are called from goroutines of their own, except where it is said.
type Config struct {
	Store  *store.Store
	Source string // `LIVE lo "tcp port 8080"`, `FILE lab3.pcap`
	Live   bool
	Notice func() string    // a lasting warning for the header, "" for none; called on every frame
	Lag    func() trace.Lag // of a live capture; called on every frame

	Capture Capture // nil: nothing to start or stop
	Target  Target  // nil: no servers of our own
	Tasks   Tasks   // nil: no tasks

	Assignment Assignment // nil: no assignment is answered
	Quiz       Asking     // nil: no quiz

	// Compile makes a display filter of what was typed. Called while typing, on
	// the screen's goroutine; the error is a *FilterError where it has a place.
	Compile func(expr string) (Matcher, error)
	// CompileBeside is Compile while an exchange is selected, which a filter may
	// refer to. Nil: none does.
	CompileBeside func(expr string, selected *trace.Exchange) (Matcher, error)
	// Complete offers what may stand at the cursor.
	Complete func(expr string, cursor int) []string
	// Lesson makes the page of a lesson of one of the kinds in Lessons.
	Lesson  func(kind string) (doc.Page, error)
	Lessons []Kind
	// Resend sends a request, as bytes, to where the exchange went.
	Resend func(ctx context.Context, x *trace.Exchange, request []byte) (string, error)
	// Save writes a file and says what it wrote. kind is one of Kinds.
	Save  func(ctx context.Context, kind, path string, s Selection) (string, error)
	Kinds []Kind
	// Log is what went wrong beside the screen, oldest first.
	Log func() []string
	// Unsaved says what would be lost by leaving, "" for nothing.
	Unsaved func() string

	Lang    texts.Lang // of all that the screen says; the zero value is English
	Theme   Theme
	ASCII   bool
	Mouse   bool
	Screen  tcell.Screen // nil: the terminal
	Now     func() time.Time
	Initial string // display filter to begin with
}

// Kind is a kind of file that can be written.
type Kind struct {
	Name string // what is typed: "capture", "json"
	Ext  string // of its usual file names, with the dot
	What string // half a line of help
}

// Selection is what is selected when a file is written.
type Selection struct {
	Exchange *trace.Exchange // nil when none is
	Page     doc.Page        // of the detail pane
	Filter   Matcher         // nil: all
	Copied   string          // what was copied last
}

// Capture is a live capture that can be interrupted.
type Capture interface {
	Running() bool
	Start() error
	Stop()
}

// Target is the servers beside the screen.
type Target interface {
	// Page says what servers there are, what to try, and what was asked of them;
	// of the selected exchange, which may be nil, what code answered it.
	// A line whose Ref.Code is "try:N" can be tried with Try(N).
	Page(x *trace.Exchange) doc.Page
	// Try sends the request of a line, and says what came of it.
	Try(ctx context.Context, n int) (string, error)
}

// Tasks are what there is to be done with the servers.
type Tasks interface {
	// Page lists the tasks and how far each is. Lines are numbered as in Target.
	Page() doc.Page
	// Follow looks at what has changed in the store; it is called once a refresh.
	Follow()
	Try(ctx context.Context, n int) (string, error)
}

// Asking asks questions that are answered on the screen.
type Asking interface {
	// Page shows the questions with their answers. Lines are numbered as in Target.
	Page() doc.Page
	// Ask says what the line with a number asks, and the answer so far. Without
	// a label nothing is asked: choosing the line is the answer.
	Ask(n int) (label, answer string)
	// Answer takes an answer, and says what comes of it.
	Answer(n int, text string) (string, error)
}

// Assignment is coursework that is answered beside the traffic.
type Assignment interface {
	Asking
	// Check marks the answers against the capture so far, and says how many
	// points they have; the page shows the rest.
	Check(ctx context.Context) (string, error)
}
