package gradebook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
)

// Kinds of rosters.
const (
	CanvasRoster Kind = "Canvas"
	MoodleRoster Kind = "Moodle"
	PlainRoster  Kind = "plain"
)

// Kind is which system a roster was exported from.
type Kind string

// Bounds of a roster: far more than a university's largest course.
const (
	maxRosterBytes = 16 << 20
	maxStudents    = 50_000
)

// Roster is the students of a class. ReadRoster makes one.
type Roster struct {
	Kind     Kind
	Students []Student
	names    index // of names without marks and spaces, in any order of their words
	keys     index // of numbers, logins and email addresses
}

// Student is one row of a roster, as its file has it. What the file does not say is empty.
type Student struct {
	Name        string `json:"name,omitempty"` // in full; Canvas writes "Last, First"
	First       string `json:"first,omitempty"`
	Last        string `json:"last,omitempty"`
	ID          string `json:"id,omitempty"`          // Canvas's ID, Moodle's ID number, or the id of a plain list
	SISUser     string `json:"sis_user,omitempty"`    // Canvas: SIS User ID
	Login       string `json:"login,omitempty"`       // Canvas: SIS Login ID; Moodle: Username
	Participant string `json:"participant,omitempty"` // Moodle: the number in "Participant 12345", which names its folders too
	Email       string `json:"email,omitempty"`
	Section     string `json:"section,omitempty"`
	Integration string `json:"integration,omitempty"`
	RootAccount string `json:"root_account,omitempty"`
}

// Without are the students of whom there is no submission, in the order of the roster.
func (r *Roster) Without(class []Entry) []Student {
	handed := map[Student]bool{}
	for _, e := range class {
		if e.Student != nil {
			handed[*e.Student] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(r.Students), func(s Student) bool { return handed[s] })
}

// ReadRoster reads a list of students that a teacher exported: Canvas's gradebook,
// Moodle's participants, grades or grading worksheet, or a plain list with a header
// such as id,name,email. The delimiter (comma, semicolon or tab) and the kind are
// told by the header. It reads UTF-8 with or without a byte order mark, and UTF-16
// with one, and GB 18030. Errors name the line.
func ReadRoster(r io.Reader) (*Roster, error) {
	b, err := readList(r)
	if err != nil {
		return nil, reading(err)
	}
	layout, delimiter, err := findLayout(b)
	if err != nil {
		return nil, reading(err)
	}
	return readStudents(b, layout, delimiter)
}

// readList reads a file that a teacher wrote or exported, as UTF-8.
func readList(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxRosterBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxRosterBytes {
		return nil, texts.Errorf("gradebook.roster-large", maxRosterBytes>>20)
	}
	return decoded(b)
}

// reading is an error of reading a roster.
func reading(err error) error { return texts.Errorf("gradebook.reading-roster", err) }

// decoded makes UTF-8 without a byte order mark.
func decoded(b []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		b = fromUTF16(b[2:], func(p []byte) uint16 { return uint16(p[0]) | uint16(p[1])<<8 })
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		b = fromUTF16(b[2:], func(p []byte) uint16 { return uint16(p[1]) | uint16(p[0])<<8 })
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if chinese, is := fromGB18030(b); is {
		return chinese, nil
	}
	n := 1
	for rest := b; len(rest) > 0; n++ {
		var l []byte
		l, rest, _ = bytes.Cut(rest, []byte("\n"))
		if !utf8.Valid(l) {
			return nil, texts.Errorf("gradebook.roster-utf8", n)
		}
	}
	// A file of old Macs ends its lines with CR alone, which encoding/csv takes for text.
	if !bytes.Contains(b, []byte("\n")) {
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	return b, nil
}

// besideHan is a Chinese character beside a small letter: no name has that, and reading Andrés in another encoding
// gives it.
var besideHan = regexp.MustCompile(`[a-z]\p{Han}|\p{Han}[a-z]`)

// fromGB18030 makes UTF-8 of a file as Chinese spreadsheets save it; false for what is UTF-8, or neither.
func fromGB18030(b []byte) ([]byte, bool) {
	if utf8.Valid(b) {
		return nil, false
	}
	text, err := sheet.Text(b)
	return []byte(text), err == nil && !besideHan.MatchString(text)
}

func fromUTF16(b []byte, unit func([]byte) uint16) []byte {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, unit(b))
	}
	return []byte(string(utf16.Decode(units)))
}

func reader(b []byte, delimiter rune) *csv.Reader {
	c := csv.NewReader(bytes.NewReader(b))
	c.Comma, c.FieldsPerRecord = delimiter, -1
	return c
}

func readStudents(b []byte, l layout, delimiter rune) (*Roster, error) {
	r := &Roster{Kind: l.kind}
	lines := map[string]int{}
	c := reader(b, delimiter)
	for first := true; ; first = false {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, reading(lineError(err))
		}
		n, _ := c.FieldPos(0)
		if first || l.skips(row) {
			continue
		}
		s, err := l.student(row)
		if err == nil {
			err = unique(lines, s.ID, n)
		}
		if err != nil {
			return nil, reading(texts.Errorf("gradebook.roster-line", n, err))
		}
		if r.Students = append(r.Students, s); len(r.Students) > maxStudents {
			return nil, reading(texts.Errorf("gradebook.roster-line", n,
				texts.Errorf("gradebook.roster-students", maxStudents)))
		}
	}
	if len(r.Students) == 0 {
		return nil, reading(texts.Errorf("gradebook.roster-nobody"))
	}
	r.index()
	return r, nil
}

// unique refuses an ID that stands in two lines: scores would go to either.
func unique(lines map[string]int, id string, n int) error {
	if id == "" {
		return nil
	}
	if before, twice := lines[id]; twice {
		return texts.Errorf("gradebook.roster-twice", id, before)
	}
	lines[id] = n
	return nil
}

// lineError says where a CSV file is broken, in a teacher's words.
func lineError(err error) error {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		return err
	}
	switch {
	case errors.Is(p.Err, csv.ErrQuote):
		return texts.Errorf("gradebook.roster-quote", p.StartLine)
	case errors.Is(p.Err, csv.ErrBareQuote):
		return texts.Errorf("gradebook.roster-bare-quote", p.Line, p.Column)
	}
	return texts.Errorf("gradebook.roster-line", p.Line, p.Err)
}

// name is the best name for a student, as a parameter of a phrase.
func (s *Student) name() any {
	if name := s.called(); name != "" {
		return importers.line(name)
	}
	return texts.Say("gradebook.nameless")
}

// called is the best name for a student, "" where there is none.
func (s *Student) called() string {
	for _, name := range []string{s.Name, strings.TrimSpace(s.First + " " + s.Last), s.Email, s.Login, s.ID} {
		if name = strings.TrimSpace(name); name != "" {
			return name
		}
	}
	return ""
}

// sortable is "Last, First" where the roster tells them apart, as Canvas sorts.
func (s *Student) sortable() string {
	if s.Name == "" && s.Last != "" && s.First != "" {
		return s.Last + ", " + s.First
	}
	return fmt.Sprint(s.name())
}

// number is the student's number at the school.
func (s *Student) number() string {
	if s.SISUser != "" {
		return s.SISUser
	}
	return s.ID
}

// canvasLogin is the SIS login: many schools use the email address.
func (s *Student) canvasLogin() string {
	if s.Login != "" {
		return s.Login
	}
	return s.Email
}
