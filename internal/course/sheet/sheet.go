// Package sheet reads a student's answers: a YAML or CSV file, a Markdown
// document with tables, or the Markdown sheet that the program hands out.
//
// Sheets are hostile: they are bounded, have no references, and nothing in them
// is obeyed. The package knows no assignment: it tells which answer belongs to
// which question by the names that stand in the sheet, and marks nothing.
package sheet

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"httpscope/internal/texts"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Limits of a sheet: honest ones have some kilobytes and a dozen answers.
const (
	MaxSize    = 1 << 20 // bytes
	maxAnswers = 2000
	maxRows    = 2000 // of a table
	maxCells   = 64   // of a row
	maxText    = 64 << 10
)

// Sheet is the answers of one student.
type Sheet struct {
	Student string   // as the sheet names who wrote it, "" when it does not
	Answers []Answer // in the order of the sheet
}

// Answer is what a sheet says to one question.
type Answer struct {
	ID     string     // of the question, as the sheet names it; "" for a table without a name
	Text   string     // of an answer that is no table; several lines are joined by line ends
	List   []string   // of an answer that is a list
	Header []string   // of a table; nil when the table has none
	Rows   [][]string // of a table
	Line   int        // where it stands, from 1
}

// Error says what is wrong with a sheet, and where.
type Error struct {
	Line   int // from 1, 0 when the whole sheet is meant
	Column int // from 1, 0 when the whole line is meant
	Reason texts.Phrase
}

// Said is what is wrong, with the line.
func (e *Error) Said() texts.Phrase {
	if e.Line == 0 {
		return e.Reason
	}
	return texts.Say("sheet.at", e.Line, e.Reason)
}

// Error is the same in English.
func (e *Error) Error() string { return e.Said().String() }

func wrong(line int, key string, args ...any) error {
	return &Error{Line: line, Reason: texts.Say(key, args...)}
}

// Formats are the endings of names of sheets.
var Formats = []string{".yaml", ".yml", ".csv", ".md", ".markdown", ".txt"}

// Is reports whether a file may be a sheet, by its name.
func Is(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	for _, f := range Formats {
		if ext == f {
			return true
		}
	}
	return false
}

// Parse reads a sheet. The name tells the format: YAML, CSV, else Markdown. The
// error is an [*Error].
func Parse(name string, b []byte) (*Sheet, error) {
	if len(b) > MaxSize {
		return nil, wrong(0, "sheet.too-large", MaxSize>>10)
	}
	text, err := Text(b)
	if err != nil {
		return nil, err
	}
	s := &Sheet{}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		err = s.yaml(text)
	case ".csv":
		err = s.csv(text)
	default:
		err = s.markdown(text)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// add appends an answer, up to the limit.
func (s *Sheet) add(a Answer) error {
	if len(s.Answers) == maxAnswers {
		return wrong(a.Line, "sheet.many-answers", maxAnswers)
	}
	if len(a.Rows) > maxRows {
		return wrong(a.Line, "sheet.many-rows", maxRows)
	}
	s.Answers = append(s.Answers, a)
	return nil
}

// Text makes text of a file: UTF-8 with or without a mark, UTF-16 with one, or
// GB 18030, in which Chinese spreadsheets save. Lines end in \n. The error is an
// [*Error].
func Text(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		u, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), b)
		if err != nil {
			return "", wrong(0, "sheet.bad-utf16")
		}
		b = u
	}
	if !utf8.Valid(b) {
		g, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), b)
		if err != nil || bytes.ContainsRune(g, utf8.RuneError) {
			return "", wrong(0, "sheet.no-text")
		}
		b = g
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return "", wrong(1+bytes.Count(b[:i], []byte("\n")), "sheet.zero-bytes")
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), "\r", "\n"), nil
}

// IsError reports whether an error is about what stands in a sheet.
func IsError(err error) bool {
	var e *Error
	return errors.As(err, &e)
}
