package gradebook

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestMatch(t *testing.T) {
	canvas := canvasExport + "\"Anders, Ada\",1003,s3,ada,S,\n\"Anders, Ada\",1004,s4,ada2,S,\n"
	plain := "id,name,email\n77,Mary Ann O'Brien,mary@x.org\n1001,Jürgen Müller,jm@x.org\n90,张伟,zw@x.org\n91,Ada Anders,ada@x.org\n92,Anders Ada,ada@y.org\n"
	worksheet := "Identifier,Full name,Email address\nParticipant 4401,Ada Anders,a@x\nParticipant 4402,Ada Anders,b@x\n"
	for _, c := range []struct{ name, roster, submission, want string }{
		{"Canvas's ID decides", canvas, "obrienmaryann_1001_5551_lab4.zip", "s1"},
		{"also when the name changed", canvas, "smithmary_1001_5551_lab4.zip", "s1"},
		{"also when it was late", canvas, "andersada_LATE_1004_5551_lab4-1.pcapng", "s4"},
		{"an ID that is in no roster is nobody's, whatever the name", canvas, "obrienmaryann_2000_5551_lab4.zip", ""},
		{"the student's own name of the file does not count", canvas,
			"obrienmaryann_1001_5551_andersada_1004_1_x.zip", "s1"},
		{"an id", canvas, "1002", "s2"},
		{"a SIS ID, as a file", canvas, "s2.tar.gz", "s2"},
		{"a login, in a folder", canvas, "submissions/week 4/mary/", "s1"},
		{"a folder of Windows", canvas, `C:\lab\mary`, "s1"},
		{"a name as Canvas writes it", canvas, "Müller, Jürgen", "s2"},
		{"a name in the other order, in another case", canvas, "JÜRGEN MÜLLER.pcap", "s2"},
		{"a name with underscores", canvas, "Mary_Ann_O_Brien", "s1"},
		{"accents taken apart by macOS", canvas, norm.NFD.String("Jürgen Müller"), "s2"},
		{"two of one name", canvas, "Ada Anders", ""},
		{"part of a name", canvas, "Mary", "s1"}, // her login
		{"nobody", canvas, "lab4", ""},
		{"nothing", canvas, "", ""},
		{"marks alone", canvas, "...", ""},
		{"an email address", plain, "mary@x.org", "77"},
		{"what stands before the @", plain, "jm.zip", "1001"},
		{"two of one mailbox", plain, "ada", ""},
		{"the number in a plain list may be another's in Canvas", plain, "obrienmaryann_1001_5551_lab4.zip", "77"},
		{"a name of two characters", plain, "张伟_55_assignsubmission_file_", "90"},
		{"Moodle's folder", plain, "Mary Ann OBrien_4401_assignsubmission_file_", "77"},
		{"Moodle's file", plain, "Mary Ann OBrien_4401_assignsubmission_file_lab4.zip", "77"},
		{"names that are two students' in either order", plain, "Ada Anders_3_assignsubmission_file_", ""},
		{"Moodle's number decides where the roster has it", worksheet, "Ada Anders_4402_assignsubmission_file_", "b@x"},
		{"a number that is in no worksheet", worksheet, "Ada Anders_4403_assignsubmission_file_", ""},
	} {
		s, why := roster(t, c.roster).Match(c.submission)
		got := ""
		if s != nil {
			got = s.number()
			if got == "" {
				got = s.Email
			}
		}
		if got != c.want || (s == nil) != strings.HasSuffix(why.String(), ".") {
			t.Errorf("%s: Match(%q) = %q, %q, want %q", c.name, c.submission, got, why, c.want)
		}
	}
}

func TestMatchSaysWhoFits(t *testing.T) {
	r := roster(t, "id,name\n1,Ada Anders\n2,Anders Ada\n")
	if _, why := r.Match("ada anders\x1b[1m.zip"); why.String() != `No student of the roster belongs to "ada anders\x1b[1m.zip".` {
		t.Error(why)
	}
	if _, why := r.Match("ada anders"); why.String() != `2 students of the roster fit "ada anders", among them Ada Anders and Anders Ada.` {
		t.Error(why)
	}
}

// TestMatchFindsEveryStudentOfAClass by the names that Canvas and Moodle would give.
func TestMatchFindsEveryStudentOfAClass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-ZÄÖÜÉ][a-zäöüéß'-]{1,7}`)
		var file strings.Builder
		file.WriteString("First name,Surname,Email address,ID number\n")
		n := rapid.IntRange(1, 6).Draw(t, "students")
		var first, last []string
		for i := range n {
			first, last = append(first, word.Draw(t, "first")), append(last, word.Draw(t, "last"))
			file.WriteString(first[i] + "," + last[i] + "," + string('a'+rune(i)) + "@x.org,s" + string('0'+rune(i)) +
				"\n")
		}
		r := roster(t, file.String())
		i := rapid.IntRange(0, n-1).Draw(t, "one")
		for _, name := range []string{
			first[i] + " " + last[i] + "_12_assignsubmission_file_", bare(last[i]+first[i]) + "_12_34_lab.zip",
			last[i] + ", " + first[i],
			string('a'+rune(i)) + "@x.org", "S" + string('0'+rune(i)) + ".PCAP",
		} {
			s, why := r.Match(name)
			if s != nil && *s != r.Students[i] || s == nil &&
				!strings.Contains(why.String(), "students of the roster fit") {
				t.Fatalf("Match(%q) = %+v, %q", name, s, why)
			}
		}
	})
}
