package coursework

import "slices"

// Schema is the version that an assignment names.
const Schema = "httpscope-assignment/1"

// Assignment is what a teacher writes.
type Assignment struct {
	Schema    string     `yaml:"schema"`
	ID        string     `yaml:"id"`
	Title     Text       `yaml:"title"`
	About     Text       `yaml:"about"`   // heads the sheet
	Capture   string     `yaml:"capture"` // own (the default): every student captures; given: all have the same, or variants of it
	Questions []Question `yaml:"questions"`
}

// Kinds of questions.
const (
	KindConnections   = "connections"
	KindValue         = "value"
	KindCount         = "count"
	KindPacket        = "packet"
	KindDisplayFilter = "display-filter"
	KindCaptureFilter = "capture-filter"
	KindInterface     = "interface"
	KindChoice        = "choice"
	KindText          = "text"
	KindYesNo         = "yes-no"
	KindFree          = "free"
	KindOverlap       = "overlap"
	KindParts         = "parts"
)

// kinds are the fields that each kind needs, and those that it may have.
var kinds = map[string]struct{ needs, takes []string }{
	KindConnections:   {nil, []string{"filter", "optional", "columns"}},
	KindValue:         {nil, []string{"field", "header", "unique", "rows", "filter", "which", "within", "accept"}},
	KindCount:         {nil, []string{"rows", "filter"}},
	KindPacket:        {[]string{"filter"}, []string{"rows", "which"}},
	KindDisplayFilter: {[]string{"selects"}, nil},
	KindCaptureFilter: {[]string{"selects"}, nil},
	KindInterface:     {nil, []string{"filter", "fallback"}},
	KindChoice:        {[]string{"options"}, []string{"many"}},
	KindText:          {nil, []string{"accept", "pattern"}},
	KindYesNo:         {[]string{"filter"}, []string{"rows"}},
	KindOverlap:       {[]string{"filter"}, nil},
	KindFree:          {nil, nil},
	KindParts:         {[]string{"parts"}, nil},
}

// has lists the fields of kinds that a question has.
func (q *Question) has() []string {
	var all []string
	for name, there := range map[string]bool{
		"rows": q.Rows != "", "filter": q.Filter != "", "field": q.Field != "", "header": q.Header != "",
		"unique": q.Unique, "which": q.Which != "", "optional": q.Optional != "", "within": q.Within != 0,
		"accept": len(q.Accept) > 0, "pattern": q.Pattern != "", "columns": len(q.Columns) > 0, "selects": q.Selects != "",
		"options": len(q.Options) > 0, "many": q.Many, "fallback": q.Fallback != "", "parts": len(q.Parts) > 0,
	} {
		if there {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// Question is one question. Which fields it has depends on its kind.
type Question struct {
	ID       string     `yaml:"id"`
	Kind     string     `yaml:"kind"`
	Prompt   Text       `yaml:"prompt"`
	Points   *float64   `yaml:"points"`   // 1 when nothing is said
	Hints    []Text     `yaml:"hints"`    // where to look; they must not tell the answer
	Wrong    []Expected `yaml:"wrong"`    // wrong answers that are expected, and what to say to them
	Comments Text       `yaml:"comments"` // said to everybody with the full feedback

	// Where the answer stands in the capture: value, count, packet, interface, yes-no, connections.
	Rows     string `yaml:"rows"`     // what the filter selects: messages (the default), packets, exchanges, connections, or the segments that carry the first message
	Filter   string `yaml:"filter"`   // a display filter; all rows when empty
	Field    string `yaml:"field"`    // value: the display filter field whose value is asked
	Header   string `yaml:"header"`   // value: in place of field, a field of the message's head
	Unique   bool   `yaml:"unique"`   // value: repeated values count once
	Which    Word   `yaml:"which"`    // of the selected rows: first (the default), last, all, or a number from 1
	Optional string `yaml:"optional"` // connections: a filter of those that need not be listed

	Within   float64  `yaml:"within"`   // value: how far a number may be off
	Accept   []Word   `yaml:"accept"`   // value, text: further right answers
	Pattern  string   `yaml:"pattern"`  // text: a regular expression for the whole answer
	Columns  []string `yaml:"columns"`  // connections: those that are asked, all when empty
	Selects  string   `yaml:"selects"`  // display-filter, capture-filter: a filter that is right
	Options  []Option `yaml:"options"`  // choice
	Many     bool     `yaml:"many"`     // choice: all right options are asked
	Fallback string   `yaml:"fallback"` // interface: loopback or network, when the capture has no such traffic

	Parts []Question `yaml:"parts"` // parts: questions whose answers stand in one list
}

// Expected is a wrong answer that a teacher expects.
type Expected struct {
	Answer Word   `yaml:"answer"`
	Say    Text   `yaml:"say"`
	Tag    string `yaml:"tag"`
}

// Option is one of the answers of a choice.
type Option struct {
	Text   Text   `yaml:"text"`
	Accept []Word `yaml:"accept"` // what else is taken for it, beside its letter and its text
	Right  bool   `yaml:"right"`
	Say    Text   `yaml:"say"` // to who chooses it
	Tag    string `yaml:"tag"`
}

// Worth is the points of a question.
func (q *Question) Worth() float64 {
	if q.Points != nil {
		return *q.Points
	}
	if q.Kind == KindParts {
		sum := 0.0
		for i := range q.Parts {
			sum += q.Parts[i].Worth()
		}
		return sum
	}
	return 1
}

// TableColumns are the columns of a table of connections that are asked.
func (q *Question) TableColumns() []string {
	if len(q.Columns) == 0 {
		return allColumns
	}
	return q.Columns
}
