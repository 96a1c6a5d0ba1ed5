package httpdecode

import (
	"strconv"
	"strings"
)

// FramingKind is how the end of a body is known.
type FramingKind uint8

// Kinds of framing.
const (
	NoBody     FramingKind = iota // there is none
	Length                        // Content-Length counts it
	Chunked                       // the last chunk ends it
	UntilClose                    // the end of the connection ends it
	Tunnel                        // the connection is no longer HTTP
)

var framingNames = [...]string{"none", "content-length", "chunked", "until-close", "tunnel"}

// String is the word in JSON.
func (k FramingKind) String() string { return framingNames[k] }

// Framing is the decision where a body ends, and what it rests on.
type Framing struct {
	Kind FramingKind
	// Rule is the rule of RFC 9112, Section 6.3 that decided, 1 to 8. Rule 1
	// covers 101, after which the connection is no longer HTTP. It is 0 where
	// the head is not complete: nothing is decided then.
	Rule   int
	Length int64 // with Kind Length

	facts facts
}

// facts is what the head says about the body.
type facts struct {
	lengths   int    // Content-Length fields and list members
	valid     int    // the valid ones among them
	length    int64  // the first valid one
	bad       string // the first invalid one
	conflict  string // the first that differs from length
	codings   int    // Transfer-Encoding codings
	final     string // the last of them, in lower case
	chunked   int    // how many are chunked
	hasCoding bool   // a Transfer-Encoding field is there
	method    string // of the request, for responses
	status    int
}

// Reading is a reading of a body that was not taken.
type Reading struct {
	Kind FramingKind
	Rule int
	Why  Fact
}

// gather collects the facts in one pass over the fields.
func (f *facts) gather(h *Head) {
	if !h.HasAny(FieldContentLength, FieldTransferEncoding) {
		return
	}
	for i := range h.Fields {
		switch h.Fields[i].ID {
		case FieldContentLength:
			f.addLength(h.Fields[i].Value)
		case FieldTransferEncoding:
			f.addCodings(h.Fields[i].Value)
		}
	}
}

// addLength takes a Content-Length value, which may be a list by mistake
// (RFC 9110, Section 8.6).
func (f *facts) addLength(value string) {
	for more := true; more; {
		var one string
		one, value, more = strings.Cut(value, ",")
		one = trim(one)
		f.lengths++
		n, ok := parseLength(one)
		switch {
		case !ok && f.bad == "":
			f.bad = one
			if one == "" {
				f.bad = "(empty)"
			}
		case ok && f.valid == 0:
			f.length = n
		case ok && n != f.length && f.conflict == "":
			f.conflict = one
		}
		if ok {
			f.valid++
		}
	}
}

// parseLength accepts digits only: no sign, no space (RFC 9110, Section 8.6).
func parseLength(s string) (int64, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 63)
	return int64(n), err == nil
}

func (f *facts) addCodings(value string) {
	f.hasCoding = true
	for more := true; more; {
		var one string
		one, value, more = strings.Cut(value, ",")
		one = strings.ToLower(trim(one))
		if one == "identity" && f.codings > 0 {
			f.final = one // after chunked it hides where the body ends
		}
		if one == "" || one == "identity" {
			continue
		}
		f.codings++
		f.final = one
		if one == "chunked" {
			f.chunked++
		}
	}
}

// decide is RFC 9112, Section 6.3 in its order. method is that of the request
// a response answers, "GET" where the request was not seen.
func decide(h *Head, method string) Framing {
	f := Framing{facts: facts{method: method, status: h.Status}}
	if !h.Complete {
		return f
	}
	f.facts.gather(h)
	a := &f.facts
	switch {
	// 2. A 2xx response to CONNECT makes the connection a tunnel. This stands
	// first for the sake of 204, which neither rule gives a body.
	case h.Side == Server && method == "CONNECT" && h.Status/100 == 2:
		f.Kind, f.Rule = Tunnel, 2
	// 1. A response to HEAD, and 1xx, 204 and 304, end with the head.
	case h.Side == Server && h.Status == 101:
		f.Kind, f.Rule = Tunnel, 1
	case h.Side == Server && (method == "HEAD" || bodyless(h.Status)):
		f.Kind, f.Rule = NoBody, 1
	// 3. With both fields Transfer-Encoding wins; then rule 4 holds.
	case a.codings > 0:
		f.byCoding(h)
	// 5. An invalid length leaves no safe reading.
	case a.bad != "" || a.conflict != "":
		f.invalidLength(h)
	// 6. A valid length counts the body.
	case a.lengths > 0:
		f.Kind, f.Rule, f.Length = Length, 6, a.length
	// 7. A request without either has no body.
	case h.Side == Client:
		f.Kind, f.Rule = NoBody, 7
	// 8. A response without either goes on until the connection closes.
	default:
		f.Kind, f.Rule = UntilClose, 8
	}
	return f
}

// bodyless reports the status codes whose responses never have content.
func bodyless(status int) bool {
	return status/100 == 1 || status == 204 || status == 304
}

// byCoding is rule 4, and rule 3 when Content-Length was overridden.
func (f *Framing) byCoding(h *Head) {
	f.Rule = 4
	if f.facts.lengths > 0 {
		f.Rule = 3
	}
	switch {
	case f.facts.final == "chunked" || strings.HasPrefix(f.facts.final, "chunked;"):
		f.Kind = Chunked
	case h.Side == Server:
		f.Kind = UntilClose
	case f.facts.valid > 0:
		// A server answers 400 and closes; reading on, the length is the better guess.
		f.Kind, f.Length = Length, f.facts.length
	}
}

// invalidLength picks the reading that loses least: the first valid length
// where there are several, else no body for a request and all there is for a response.
func (f *Framing) invalidLength(h *Head) {
	f.Rule = 5
	switch {
	case f.facts.valid > 0:
		f.Kind, f.Length = Length, f.facts.length
	case h.Side == Server:
		f.Kind = UntilClose
	}
}

// Fact is what a decision rests on: a key that names it, and the values that stand in its sentence. The
// sentence is made by whoever speaks to people, in their language.
type Fact struct {
	Key  string
	Args []any
}

func fact(key string, args ...any) Fact { return Fact{key, args} }

// Proof names the fields or the fact that decided, for the verdict's text.
func (f *Framing) Proof() Fact {
	a := &f.facts
	switch f.Rule {
	case 0:
		return fact("proof.cut")
	case 1:
		if a.method == "HEAD" && !bodyless(a.status) {
			return fact("proof.head")
		}
		return fact("proof.status", a.status)
	case 2:
		return fact("proof.connect", a.status)
	case 3, 4:
		if f.Kind == Chunked {
			return fact("proof.chunked")
		}
		return fact("proof.not-chunked", a.final)
	case 5:
		if a.bad != "" {
			return fact("proof.length-invalid", a.bad)
		}
		return fact("proof.length-conflict", a.length, a.conflict)
	case 6:
		return fact("proof.length", a.length)
	case 7:
		return fact("proof.request")
	}
	return fact("proof.response")
}

// Rejected lists the readings that the head also suggests and the rules exclude.
func (f *Framing) Rejected() []Reading {
	a := &f.facts
	var r []Reading
	if a.codings > 0 && f.Rule < 3 && a.final == "chunked" {
		r = append(r, Reading{Chunked, 4, fact("rejected.chunked", f.Rule)})
	}
	if a.lengths > 0 && a.bad == "" && f.Rule < 3 {
		r = append(r, Reading{Length, 6, fact("rejected.length", a.length, f.Rule)})
	}
	if f.Rule == 3 && a.valid > 0 && f.Kind != Length {
		r = append(r, Reading{Length, 6, fact("rejected.overridden", a.length)})
	}
	if f.Rule == 5 && a.conflict != "" {
		r = append(r, Reading{Length, 5, fact("rejected.other-length", a.conflict)})
	}
	if f.Rule >= 3 && a.codings > 0 && f.Kind != Chunked && a.chunked > 0 {
		r = append(r, Reading{Chunked, 4, fact("rejected.not-last")})
	}
	return r
}

// persistence is RFC 9112, Section 9.3.
func persistence(h *Head) Persistence {
	closes, keeps := false, false
	for i := range h.Fields {
		if !h.Has(FieldConnection) {
			break
		}
		if h.Fields[i].ID == FieldConnection {
			closes = closes || hasToken(h.Fields[i].Value, "close")
			keeps = keeps || hasToken(h.Fields[i].Value, "keep-alive")
		}
	}
	switch {
	case closes:
		return CloseAsked
	case h.atLeast11():
		return PersistDefault
	case keeps:
		return PersistKeepAlive
	}
	return CloseOld
}

// hasToken looks for a member of a comma-separated list, in any case.
func hasToken(list, lower string) bool {
	for more := true; more; {
		var one string
		one, list, more = strings.Cut(list, ",")
		one = trim(one)
		if len(one) == len(lower) && equalFold(one, lower) {
			return true
		}
	}
	return false
}
