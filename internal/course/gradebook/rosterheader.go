package gradebook

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/texts"
)

// layout says in which column of a roster each thing stands.
type layout struct {
	kind Kind
	at   map[string]int // a field of Student, in the words of fieldOf, to its column
}

// fieldOf are the names of columns that are understood, in lower case, in the
// order of preference where two mean the same field.
var fieldOf = []struct {
	field string
	names []string
}{
	{"name", []string{"student", "full name", "fullname", "name", "student name"}},
	{"first", []string{"first name", "firstname", "given name", "given names"}},
	{"last", []string{"surname", "last name", "lastname", "family name"}},
	{"id", []string{"id", "id number", "idnumber", "student id", "studentid", "student number", "number"}},
	{"sis user", []string{"sis user id"}},
	{"login", []string{"sis login id", "username", "user name", "login", "login id"}},
	{"participant", []string{"identifier"}},
	{"email", []string{"email address", "email", "e-mail", "e-mail address", "mail"}},
	{"section", []string{"section", "groups", "group"}},
	{"integration", []string{"integration id"}},
	{"root", []string{"root account"}},
}

var delimiters = []rune{',', ';', '\t'}

// findLayout takes the delimiter under which most columns of the first line are known.
func findLayout(b []byte) (best layout, delimiter rune, err error) {
	var broken error
	for _, d := range delimiters {
		row, err := reader(b, d).Read()
		if errors.Is(err, io.EOF) {
			return best, d, texts.Errorf("gradebook.roster-empty")
		}
		if err != nil {
			broken = lineError(err)
			continue
		}
		if l := layoutOf(row); len(l.at) > len(best.at) {
			best, delimiter = l, d
		}
	}
	if best.identifies() {
		return best, delimiter, nil
	}
	if len(best.at) == 0 && broken != nil {
		return best, 0, broken
	}
	return best, 0, texts.Errorf("gradebook.roster-header")
}

func layoutOf(row []string) layout {
	l := layout{kind: PlainRoster, at: map[string]int{}}
	names := make([]string, len(row))
	for i, name := range row {
		names[i] = strings.Join(strings.Fields(strings.ToLower(name)), " ")
	}
	has := func(name string) bool { return slices.Contains(names, name) }
	for _, f := range fieldOf {
		for _, name := range f.names {
			if i := slices.Index(names, name); i >= 0 {
				l.at[f.field] = i
				break
			}
		}
	}
	switch {
	case has("id") && (has("student") && (has("section") || has("sis login id")) || has("lastname") &&
		has("firstname")):
		l.kind = CanvasRoster
	case has("email address") && (has("first name") || has("full name")), has("identifier") && has("full name"):
		l.kind = MoodleRoster
	}
	return l
}

// identifies reports whether a submission could be matched by this header.
func (l layout) identifies() bool {
	for _, f := range []string{"id", "login", "email", "name", "participant"} {
		if _, ok := l.at[f]; ok {
			return true
		}
	}
	_, first := l.at["first"]
	_, last := l.at["last"]
	return first && last
}

// notStudents is a row of Canvas about assignments: blank, or whether they are muted.
var notStudents = regexp.MustCompile(`(?i)^\s*(Muted|Manual Posting.*)?\s*$`)

// skips reports whether a row is no student's.
func (l layout) skips(row []string) bool {
	if l.kind == CanvasRoster {
		return strings.Contains(row[0], pointsPossible) || notStudent(row)
	}
	return strings.TrimSpace(strings.Join(row, "")) == ""
}

func notStudent(row []string) bool {
	for _, c := range row {
		if !notStudents.MatchString(c) {
			return false
		}
	}
	return true
}

// participantNumber is the Identifier of Moodle's grading worksheet: "Participant
// 12345" in whatever language.
var participantNumber = regexp.MustCompile(`^\D*([0-9]+)$`)

func (l layout) student(row []string) (Student, error) {
	get := func(field string) string {
		if i, ok := l.at[field]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	s := Student{
		Name: get("name"), First: get("first"), Last: get("last"), ID: get("id"), SISUser: get("sis user"),
		Login: get("login"), Email: get("email"), Section: get("section"), Integration: get("integration"),
		RootAccount: get("root"),
	}
	if m := participantNumber.FindStringSubmatch(get("participant")); m != nil {
		s.Participant = m[1]
	}
	if s == (Student{Section: s.Section, Integration: s.Integration, RootAccount: s.RootAccount}) {
		return s, texts.Errorf("gradebook.roster-nameless", importers.short(strings.Join(row, " "), 80))
	}
	return s, nil
}
