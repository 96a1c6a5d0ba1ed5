package coursework

import (
	"reflect"
	"slices"
)

// Schema is the version that an assignment names.
const Schema = "httpscope-assignment/1"

// Assignment is what a teacher writes.
type Assignment struct {
	Schema    string     `yaml:"schema"`
	ID        string     `yaml:"id"`
	Title     Text       `yaml:"title"`
	About     Text       `yaml:"about"`   // heads the sheet
	Capture   string     `yaml:"capture"` // own (the default): each student's; given: all have the same, or variants of it
	Questions []Question `yaml:"questions"`
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
	// Rows may be connections too, or segments: the packets that carry the first message.
	Rows     string `yaml:"rows"`     // what the filter selects: messages (the default), packets, exchanges …
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

	kind *kind // what Kind names
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
	Right  bool   `yaml:"right"`
	Accept []Word `yaml:"accept"` // what else is taken for it, beside its letter and its text
	Say    Text   `yaml:"say"`    // to who chooses it
	Tag    string `yaml:"tag"`
}

// Worth is the points of a question.
func (q *Question) Worth() float64 {
	if q.Points != nil {
		return *q.Points
	}
	if len(q.Parts) > 0 {
		sum := 0.0
		for i := range q.Parts {
			sum += q.Parts[i].Worth()
		}
		return sum
	}
	return 1
}

// common are the fields that a question of any kind may have.
var common = []string{"id", "kind", "prompt", "points", "hints", "wrong", "comments"}

// has lists the other fields that a question has.
func (q *Question) has() []string {
	var all []string
	v := reflect.ValueOf(q).Elem()
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Tag.Get("yaml")
		empty := f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0
		if name != "" && !empty && !slices.Contains(common, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
