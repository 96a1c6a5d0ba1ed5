package gradebook

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestReadRoster(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       Roster
	}{
		{"Canvas's gradebook", canvasExport, Roster{Kind: CanvasRoster, Students: []Student{
			{Name: "O'Brien, Mary Ann", ID: "1001", SISUser: "s1", Login: "mary", Section: "Group A"},
			{Name: "Müller, Jürgen", ID: "1002", SISUser: "s2", Login: "jurgen", Section: "Group B"}}}},
		{"Canvas's with semicolons, muted assignments and an empty line",
			"\ufeffStudent;ID;SIS Login ID;Section;Lab\n;;;;Manual Posting\n    Points Possible;;;;10\n\nA, B;7;ab;S;1\n",
			Roster{Kind: CanvasRoster, Students: []Student{{Name: "A, B", ID: "7", Login: "ab", Section: "S"}}}},
		{"Canvas's with two columns for names",
			"LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\nB,A,7,s,ab,S\n",
			Roster{Kind: CanvasRoster, Students: []Student{{First: "A", Last: "B", ID: "7", SISUser: "s", Login: "ab",
				Section: "S"}}}},
		{"Moodle's participants", moodleParticipants, Roster{Kind: MoodleRoster, Students: []Student{
			{First: "Mary Ann", Last: "O'Brien", Email: "mary@x.org", ID: "s1"},
			{First: "Jürgen", Last: "Müller", Email: "jurgen@x.org", ID: "s2"}}}},
		{"Moodle's with tabs, Last name and Username",
			"First name\tLast name\tUsername\tEmail address\tID number\nA\tB\tab\ta@x\t7\n",
			Roster{Kind: MoodleRoster, Students: []Student{{First: "A", Last: "B", Login: "ab", Email: "a@x",
				ID: "7"}}}},
		{"Moodle's grading worksheet", "Identifier,Full name,Email address,Status,Grade\nParticipant 4401,A B,a@x,Submitted,-\n",
			Roster{Kind: MoodleRoster, Students: []Student{{Name: "A B", Email: "a@x", Participant: "4401"}}}},
		{"a plain list", "id,name,email\n7,A B,a@x\n8,\"C, D\",\n",
			Roster{Kind: PlainRoster, Students: []Student{{ID: "7", Name: "A B", Email: "a@x"},
				{ID: "8", Name: "C, D"}}}},
		{"a plain list of names", "Name\nA B\n", Roster{Kind: PlainRoster, Students: []Student{{Name: "A B"}}}},
		{"columns in another order, unknown ones, other case", "E-Mail;Phone; NAME ;Student Number\na@x;1;A B;7\n",
			Roster{Kind: PlainRoster, Students: []Student{{ID: "7", Name: "A B", Email: "a@x"}}}},
		{"line ends of Windows", "id,name\r\n7,A\r\n",
			Roster{Kind: PlainRoster, Students: []Student{{ID: "7", Name: "A"}}}},
		{"line ends of old Macs", "id,name\r7,A\r8,B\r",
			Roster{Kind: PlainRoster, Students: []Student{{ID: "7", Name: "A"}, {ID: "8", Name: "B"}}}},
		{"short and long rows", "id,name,email\n7\n8,B,b@x,more\n",
			Roster{Kind: PlainRoster, Students: []Student{{ID: "7"}, {ID: "8", Name: "B", Email: "b@x"}}}},
		{"a comma in the header of a file with semicolons", "id;name;\"email, private\"\n7;A;x\n",
			Roster{Kind: PlainRoster, Students: []Student{{ID: "7", Name: "A"}}}},
	} {
		got, err := ReadRoster(strings.NewReader(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d := cmp.Diff(c.want, *got, cmpopts.IgnoreUnexported(Roster{})); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestReadRosterInUTF16(t *testing.T) {
	for name, order := range map[string]func(uint16) []byte{
		"little endian": func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} },
		"big endian":    func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} },
	} {
		var b bytes.Buffer
		for _, u := range utf16.Encode([]rune("\ufeffid\tname\n7\t张伟 😀\n")) {
			b.Write(order(u))
		}
		got, err := ReadRoster(&b)
		if err != nil || got.Students[0].Name != "张伟 😀" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestReadRosterSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"nothing", "", "read roster: the file is empty"},
		{"no header", "7,Ada\n8,Bo\n", "read roster: line 1 is no header that is known: export the gradebook of Canvas or the participants of Moodle, or write a file that begins with the line id,name,email"},
		{"nobody", "id,name\n", "read roster: there is no student under the header"},
		{"a student who cannot be told", "id,name,section\n7,A,S\n,,S\n",
			`read roster: line 3: a student needs an id, a login, an email address or a name, and "  S" has none`},
		{"an ID twice", "id,name\n7,A\n8,\"B\nC\"\n7,D\n", `read roster: line 5: the ID "7" stands in line 2 too`},
		{"another encoding", "id,name\n7,A\n8,M\xfcller\n",
			`read roster: line 3 is not UTF-8: save the file as "CSV UTF-8"`},
		{"an open quote", "id,name\n7,\"A\n8,B\n", "read roster: line 2: a quote is not closed in the row that begins here, or something follows it before the next delimiter"},
		{"a quote inside", "id,name\n7,A \"B\" C\n",
			"read roster: line 2, column 5: a quote stands inside a cell that does not begin with one"},
	} {
		_, err := ReadRoster(strings.NewReader(c.file))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.name, err, c.want)
		}
	}
	if _, err := ReadRoster(strings.NewReader("id\n" + strings.Repeat("x", maxRosterBytes))); err == nil ||
		!strings.Contains(err.Error(), "larger than") {
		t.Errorf("a large file: %v", err)
	}
}

// FuzzReadRoster: no file makes the reader panic, and every roster that it reads can be
// asked and can be written for Canvas so that Canvas reads it.
func FuzzReadRoster(f *testing.F) {
	for _, file := range []string{canvasExport, moodleParticipants, "id,name,email\n7,A,a@x\n",
		"Identifier,Full name\nParticipant 1,A\n", "\xff\xfei\x00d\x00\n\x007\x00", "id\r7\r", "a\tid\n\"\n",
		"name\n=1+1\n"} {
		f.Add([]byte(file), "A_7_8_x.zip")
	}
	f.Fuzz(func(t *testing.T, file []byte, submission string) {
		r, err := ReadRoster(bytes.NewReader(file))
		if err != nil {
			return
		}
		if s, why := r.Match(submission); (s == nil) == why.IsZero() || unseen(why.String()) != "" {
			t.Errorf("Match(%q) = %v, %q", submission, s, why)
		}
		var class []Entry
		for i := range r.Students[:min(len(r.Students), 20)] {
			class = append(class, Entry{Student: &r.Students[i]})
		}
		var b bytes.Buffer
		notices, err := Canvas(&b, class, "Lab", r)
		if err != nil {
			t.Fatal(err)
		}
		in, err := importCanvas(b.String())
		if err != nil || len(in.Students)+leftOut(notices) != len(class) {
			t.Fatalf("%d and %v of %d, %v\n%s", len(in.Students), notices, len(class), err, b.String())
		}
		if err := harmless(b.String(), ','); err != nil {
			t.Fatal(err)
		}
	})
}
