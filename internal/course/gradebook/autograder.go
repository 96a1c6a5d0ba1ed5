package gradebook

import (
	"archive/zip"
	_ "embed"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"time"

	"httpscope/internal/texts"
)

//go:embed autograder/setup.sh
var setupScript string

//go:embed autograder/run_autograder
var runScript string

// AutograderOptions says what goes into an upload for Gradescope.
type AutograderOptions struct {
	Binary     string     // path of httpscope, a static build for Linux, amd64 or arm64
	Assignment []byte     // the assignment file
	Feedback   string     // the level that `httpscope check --feedback` takes
	Lang       texts.Lang // of what students are told
	Time       time.Time  // of the files in the zip
}

// feedbackLevel is a word that means nothing to a shell.
var feedbackLevel = regexp.MustCompile(`^[a-z][a-z-]*$`)

// Autograder writes the zip that a teacher uploads as the autograder of a
// Gradescope programming assignment: setup.sh, run_autograder, httpscope and
// assignment.yaml. Gradescope unpacks it in /autograder/source, runs setup.sh when
// it builds the image, and run_autograder for every submission.
func Autograder(w io.Writer, o AutograderOptions) error {
	if !feedbackLevel.MatchString(o.Feedback) {
		return writingAutograder(texts.Errorf("gradebook.level", o.Feedback))
	}
	if len(o.Assignment) == 0 {
		return writingAutograder(texts.Errorf("gradebook.empty-assignment"))
	}
	binary, err := os.Open(o.Binary)
	if err != nil {
		return writingAutograder(err)
	}
	defer binary.Close()
	if err := checkBinary(binary); err != nil {
		return writingAutograder(texts.Errorf("gradebook.binary", o.Binary, err))
	}
	if err := writeAutograder(w, o, binary); err != nil {
		return writingAutograder(err)
	}
	return nil
}

// script is what Gradescope runs. The phrases stand in double quotes of the shell and in a string of JSON.
func (o *AutograderOptions) script() string {
	words := texts.In(o.Lang)
	const status = "${status}"
	return strings.NewReplacer("FEEDBACK_LEVEL", o.Feedback, "LANGUAGE", string(words.Lang()),
		"SAY_NOT_MARKED", words.Phrase("gradebook.autograder.not-marked", "$1"),
		"SAY_NO_VERDICT", words.Phrase("gradebook.autograder.no-verdict"),
		"SAY_ENDED", words.Phrase("gradebook.autograder.ended"),
		"SAY_NO_RESULTS", words.Phrase("gradebook.autograder.no-results", status),
		"SAY_STATUS", words.Phrase("gradebook.autograder.status", status)).Replace(runScript)
}

func writingAutograder(err error) error { return texts.Errorf("gradebook.writing-autograder", err) }

func writeAutograder(w io.Writer, o AutograderOptions, binary io.ReadSeeker) error {
	if _, err := binary.Seek(0, io.SeekStart); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range []struct {
		name string
		mode fs.FileMode
		r    io.Reader
	}{
		{"setup.sh", 0o755, strings.NewReader(setupScript)},
		{"run_autograder", 0o755, strings.NewReader(o.script())},
		{"httpscope", 0o755, binary},
		{"assignment.yaml", 0o644, strings.NewReader(string(o.Assignment))},
	} {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: o.Time}
		h.SetMode(f.mode)
		part, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := io.Copy(part, f.r); err != nil {
			return err
		}
	}
	return z.Close()
}
