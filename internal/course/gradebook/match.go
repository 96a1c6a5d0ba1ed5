package gradebook

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"httpscope/internal/texts"

	"golang.org/x/text/unicode/norm"
)

// index finds students, as places in Roster.Students in ascending order, by a word.
type index map[string][]int

// add is called for the students in their order, so that only the last can be i.
func (x index) add(word string, i int) {
	before := x[word]
	if word != "" && (len(before) == 0 || before[len(before)-1] != i) {
		x[word] = append(before, i)
	}
}

// canvasName is a file of Canvas's "Download Submissions": the sortable name
// without marks and spaces, LATE, the user's ID, the file's ID, and the name the
// student gave it (lib/content_zipper.rb).
var canvasName = regexp.MustCompile(`^(.*?)(?:_LATE)?_([0-9]+)_([0-9]+)_(.+)$`)

// moodleName is a folder or file of Moodle's "Download all submissions": full
// name, participant's number, and the part of the submission.
var moodleName = regexp.MustCompile(`^(.+?)_([0-9]+)_assignsubmission_`)

// extensions are those of what students hand in.
var extensions = regexp.MustCompile(
	`(?i)(\.(zip|tar|tgz|gz|zst|7z|rar|pcap|pcapng|cap|ya?ml|json|toml|csv|tsv|txt|md|html?|pdf|docx?|odt))+$`)

// index prepares Match.
func (r *Roster) index() {
	r.names, r.keys = index{}, index{}
	for i := range r.Students {
		s := &r.Students[i]
		for _, k := range []string{s.ID, s.SISUser, s.Login, s.Email} {
			r.keys.add(folded(k), i)
		}
		for _, name := range []string{s.Name, s.First + " " + s.Last} {
			for _, n := range rotations(name) {
				r.names.add(n, i)
			}
		}
	}
}

// Match finds the student whom a submission belongs to, by the name of its folder
// or file: the names that Canvas and Moodle give, or exactly a student's id, login,
// email address or name. Case, accents' encoding, marks and the order of the words
// of a name do not matter. When no student fits, or more than one, the student is
// nil and why is a sentence that says so.
func (r *Roster) Match(submission string) (s *Student, why texts.Phrase) {
	base := strings.TrimRight(norm.NFC.String(submission), `/\`)
	base = strings.TrimSpace(base[strings.LastIndexAny(base, `/\`)+1:])
	if m := moodleName.FindStringSubmatch(base); m != nil {
		return r.one(r.participants(m[2], m[1]), submission)
	}
	if m := canvasName.FindStringSubmatch(base); m != nil {
		if found := r.canvasUsers(m[2], m[1]); len(found) > 0 {
			return r.one(found, submission)
		}
	}
	for _, name := range []string{base, extensions.ReplaceAllString(base, "")} {
		if found := r.exactly(name); len(found) > 0 {
			return r.one(found, submission)
		}
	}
	return r.one(r.mailboxes(extensions.ReplaceAllString(base, "")), submission)
}

// one is the student found, or why it is not one.
func (r *Roster) one(found []int, submission string) (*Student, texts.Phrase) {
	switch len(found) {
	case 0:
		return nil, texts.Say("gradebook.no-student", named(submission))
	case 1:
		return &r.Students[found[0]], texts.Phrase{}
	}
	return nil, texts.Say("gradebook.students", len(found), named(submission),
		r.Students[found[0]].name(), r.Students[found[1]].name())
}

// participants goes by the participant's number where the roster has them, else by the name.
func (r *Roster) participants(number, name string) []int {
	var found []int
	known := false
	for i, s := range r.Students {
		known = known || s.Participant != ""
		if s.Participant == number {
			found = append(found, i)
		}
	}
	if known {
		return found
	}
	return r.names[bare(name)]
}

// canvasUsers goes by Canvas's ID where the roster has them. In other rosters an
// equal number may be another person's, so the name decides.
func (r *Roster) canvasUsers(id, name string) []int {
	if r.Kind != CanvasRoster {
		return r.names[bare(name)]
	}
	for i, s := range r.Students {
		if s.ID == id {
			return []int{i}
		}
	}
	return nil
}

func (r *Roster) exactly(name string) []int {
	found := slices.Clone(r.keys[folded(name)])
	for _, i := range r.names[bare(name)] {
		if !slices.Contains(found, i) {
			found = append(found, i)
		}
	}
	return found
}

// mailboxes goes by what stands before the @ of an email address or login.
func (r *Roster) mailboxes(name string) []int {
	var found []int
	for i, s := range r.Students {
		for _, address := range []string{s.Email, s.Login} {
			box, _, is := strings.Cut(folded(address), "@")
			if is && box != "" && box == folded(name) && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	return found
}

// folded ignores case and how a letter is encoded: macOS takes accents apart.
func folded(s string) string {
	return strings.ToLower(norm.NFKC.String(strings.TrimSpace(s)))
}

// bare keeps letters, digits and their marks: download names drop all else.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return r
		}
		return -1
	}, folded(s))
}

// maxWords of a name are turned around; longer names are taken as they are.
const maxWords = 8

// rotations are the bare forms of a name that begin with any of its words: "Last,
// First" and "First Last" are the same student.
func rotations(name string) []string {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(words) > maxWords {
		return []string{bare(name)}
	}
	var out []string
	for i := range words {
		out = append(out, bare(strings.Join(words[i:], " ")+" "+strings.Join(words[:i], " ")))
	}
	return out
}
