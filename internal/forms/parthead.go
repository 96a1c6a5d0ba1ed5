package forms

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// head is a part whose head is being read.
type head struct {
	Part
	ps          problem.List
	disposition bool // a Content-Disposition line was there
	named       bool
}

// head reads the lines of the part head at offset at. It returns the offset
// behind the empty line and whether there is one.
func (f *formData) head(at int, h *head) (int, bool) {
	limit := min(len(f.body), at+MaxPartHead)
	for at < limit {
		n := bytes.IndexByte(f.body[at:limit], '\n')
		if n < 0 {
			break
		}
		line, cr := bytes.CutSuffix(f.body[at:at+n], []byte("\r"))
		if bytes.HasPrefix(line, f.delim) {
			h.ps.Add(DataHeadCut, "a delimiter at offset %d ends the head", at)
			return at, false
		}
		if !cr {
			f.ps.Add(DataBareLF, "part head line at offset %d", at)
		}
		at += n + 1
		if len(line) == 0 {
			return at, true
		}
		h.field(string(line))
	}
	if limit < len(f.body) {
		h.ps.Add(DataHeadLimit, "no empty line within %d bytes", MaxPartHead)
	} else {
		h.ps.Add(DataHeadCut, "the body ends inside the head")
	}
	return limit, false
}

// field reads one head line. Other fields than these three have no meaning
// here (RFC 7578, Section 4.8).
func (h *head) field(line string) {
	name, value, found := strings.Cut(line, ":")
	if !found || !grammar.IsToken(name) {
		h.ps.Add(DataFieldSyntax, "%s", problem.Quote(line))
		return
	}
	value = grammar.Trim(value)
	switch strings.ToLower(name) {
	case "content-type":
		h.ContentType = strings.Clone(value)
	case "content-transfer-encoding":
		h.ps.Add(DataTransfer, "%s", problem.Quote(value))
	case "content-disposition":
		if h.disposition {
			h.ps.Add(DataRepeatedParam, "a second Content-Disposition line")
			return
		}
		h.disposition = true
		h.readDisposition(value)
	}
}

// readDisposition reads form-data; name="..."; filename="...".
func (h *head) readDisposition(value string) {
	kind, rest, _ := strings.Cut(value, ";")
	if !strings.EqualFold(grammar.Trim(kind), "form-data") {
		h.ps.Add(DataDisposition, "%s", problem.Quote(grammar.Trim(kind)))
	}
	for rest = grammar.Trim(rest); rest != ""; {
		name, value, tail, ok := dispositionParam(rest)
		if !ok {
			h.ps.Add(DataDisposition, "%s", problem.Quote(rest))
		}
		rest = strings.TrimLeft(tail, "; \t")
		h.param(strings.ToLower(name), value)
	}
}

// dispositionParam reads one parameter from the front of s. Browsers of the
// past sent Windows paths unescaped in quotes, so a backslash escapes only a
// double quote or another backslash, as in Go and in most servers.
func dispositionParam(s string) (name, value, rest string, ok bool) {
	end := strings.IndexAny(s, "=;")
	if end < 0 || s[end] == ';' {
		name, rest, _ = strings.Cut(s, ";")
		return "", "", rest, grammar.Trim(name) == ""
	}
	name, s = grammar.Trim(s[:end]), strings.TrimLeft(s[end+1:], " \t")
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return name, grammar.Trim(value), rest, grammar.IsToken(name) && grammar.IsToken(grammar.Trim(value))
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == '"' {
			junk, rest, _ := strings.Cut(s[i+1:], ";")
			return name, b.String(), rest, grammar.IsToken(name) && grammar.Trim(junk) == ""
		}
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return name, b.String(), "", false
}

// param takes one parameter of the disposition.
func (h *head) param(name, value string) {
	switch name {
	case "name":
		if h.named {
			h.ps.Add(DataRepeatedParam, "name %s", problem.Quote(value))
			return
		}
		h.Name, h.named = value, true
	case "filename":
		if h.HasFilename {
			h.ps.Add(DataRepeatedParam, "filename %s", problem.Quote(value))
			return
		}
		h.Filename, h.HasFilename = value, true
	case "filename*":
		h.ps.Add(DataFilenameStar, "%s", problem.Quote(value))
	}
}

// judge looks at the finished head.
func (h *head) judge() {
	switch {
	case !h.disposition:
		h.ps.Add(DataNoDisposition, "the part at offset %d", h.HeadOffset)
	case !h.named:
		h.ps.Add(DataNoName, "the part at offset %d", h.HeadOffset)
	}
	if strings.ContainsAny(h.Filename, `/\`) {
		h.ps.Add(DataFilenamePath, "%s", problem.Quote(h.Filename))
	}
	if !utf8.ValidString(h.Name) || !utf8.ValidString(h.Filename) {
		h.ps.Add(DataUTF8, "%s %s", problem.Quote(h.Name), problem.Quote(h.Filename))
	}
}
