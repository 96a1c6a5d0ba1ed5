package coursework

import (
	"regexp"
	"slices"
	"strings"
)

// valueType is a type of values that can be told from the words around them.
type valueType struct {
	form string                     // of an answer: a key of coursework.form
	in   func(s string) []candidate // in a text without labels and remarks
}

// find are the values in a plain answer.
func (t *valueType) find(s string) []candidate { return valuesIn(s, t.in) }

// Types of values.
var (
	numberType    = &valueType{"number", numbersOfThings.in}
	frameType     = &valueType{"packet", numbersOfPackets.in}
	portType      = &valueType{"port", portsIn}
	statusType    = &valueType{"status", statusesIn}
	versionType   = &valueType{"version", matchesOf(versionIn, nil)}
	addressType   = &valueType{"address", matchesOf(addressIn, nil)}
	mediaType     = &valueType{"media-type", matchesOf(mediaIn, isHTTP)}
	dateType      = &valueType{"date", datesIn}
	methodType    = &valueType{"method", matchesOf(methodIn, nil)}
	datesOfFields = []string{"date", "last-modified", "expires", "if-modified-since", "if-unmodified-since"}
)

// answerType is the type of an answer to the question; nil where any words may be one.
func (q *Question) answerType() *valueType {
	if q.kind.typed == nil {
		return nil
	}
	return q.kind.typed(q)
}

// valueType is the type of the value that a question of kind value asks for; nil where any words may be one.
func (q *Question) valueType() *valueType {
	name := q.fieldName()
	switch {
	case q.truth():
		return nil
	case q.Field == "http.response.code":
		return statusType
	case q.group() == portGroup:
		return portType
	case q.group() == addressGroup:
		return addressType
	case q.group() == numberGroup && strings.HasPrefix(q.Field, "frame."):
		return frameType
	case q.numeric():
		return numberType
	case name == "version":
		return versionType
	case name == "method":
		return methodType
	case name == "content-type":
		return mediaType
	case slices.Contains(datesOfFields, name):
		return dateType
	}
	return nil
}

var (
	versionIn = regexp.MustCompile(`\bhttp ?/? ?v?(\d(?:\.\d)?)\b|(?:^|[ ,;:(])(\d\.\d)(?:$|[ ,;)])`)
	addressIn = regexp.MustCompile(`(?:^|[^\d.])(\d{1,3}(?:\.\d{1,3}){3})(?:$|[^\d.]|\.(?:\D|$))`)
	mediaIn   = regexp.MustCompile(`(?:^|[^a-z0-9/.+-])([a-z]+/(?:[a-z0-9][a-z0-9.+-]*|\*)|\*/\*)`)
	methodIn  = regexp.MustCompile(`\b(get|head|post|put|delete|connect|options|trace|patch)\b`)
	portIn    = regexp.MustCompile(`[\d.\]a-z]:(\d{1,5})\b`)
	statusIn  = regexp.MustCompile(`\b([1-5]\d\d)\b`)
	dateIn    = regexp.MustCompile(`(?:` +
		dayIn + `,? )?\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4},? ` + timeIn + `|(?:` +
		dayIn + ` )?[a-z]{3,9} \d{1,2}(?:, ?\d{4},?)? \d{1,2}:\d{2}:\d{2}(?: \d{4})?` + zoneIn + `|` +
		`\d{4}[-/]\d{1,2}[-/]\d{1,2}[ t]` + timeIn + `|` +
		`\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?` + timeIn)
)

// Parts of dates: a day of the week, a time, and the zone that may follow it.
const (
	dayIn  = `(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*`
	timeIn = `\d{1,2}:\d{2}:\d{2}` + zoneIn
	zoneIn = `(?: ?(?:gmt|utc|z|[+-]\d{2}:?\d{2}))?`
)

// matchesOf finds what the groups of a pattern match, and leaves out what is denied, or is no value as another reports.
func matchesOf(pattern *regexp.Regexp, isNone func(value string) bool) func(string) []candidate {
	return func(s string) []candidate {
		var all []candidate
		for _, at := range pattern.FindAllStringSubmatchIndex(s, -1) {
			for g := 2; g < len(at); g += 2 {
				if at[g] < 0 || denied(lead(s, at[g])) || isNone != nil && isNone(s[at[g]:at[g+1]]) {
					continue
				}
				value := strings.TrimRight(s[at[g]:at[g+1]], ".")
				all = append(all, candidate{value, at[g], at[g] + len(value)})
			}
		}
		return all
	}
}

// isHTTP reports a version that looks like a media type: http/1.1.
func isHTTP(value string) bool { return strings.HasPrefix(value, "http/") }

// portsIn are the ports after addresses, and numbers that stand alone.
func portsIn(s string) []candidate {
	alone := slices.DeleteFunc(numerals(s), func(c candidate) bool {
		return strings.Contains(c.value, ".") || packetBefore.MatchString(lead(s, c.from)) || denied(lead(s, c.from))
	})
	all := append(matchesOf(portIn, nil)(s), alone...)
	slices.SortFunc(all, func(a, b candidate) int { return a.from - b.from })
	return all
}

// statusesIn are the status codes of an answer; one with the phrase of another after it is none: 200 Not Found.
func statusesIn(s string) []candidate {
	masked := notPhrase.ReplaceAllStringFunc(s, func(p string) string { return strings.Repeat("x", len(p)) })
	return slices.DeleteFunc(matchesOf(statusIn, nil)(masked), func(c candidate) bool {
		return joins(s[:c.from], s[c.to:]) || packetBefore.MatchString(lead(s, c.from)) ||
			otherRole(s, c.from, c.to) || statusOf(c.value+phraseAfter.FindString(s[c.to:])) != c.value
	})
}

// notPhrase are phrases with a "not" that denies nothing after it.
var notPhrase = regexp.MustCompile(`\bnot (?:modified|found|acceptable|allowed|implemented|satisfiable|supported)\b`)

// phraseAfter is what may be the phrase of a status.
var phraseAfter = regexp.MustCompile(`^[a-z' -]*`)

// What makes of a time another one: a zone that is not read, half a day, a bound.
var (
	otherZone  = regexp.MustCompile(`^ ?(?:[ap]m\b|[ecmp][sd]t\b|[bc]e?st\b|[+-]\d|\(?utc ?[+-]|北京|beijing|local)`)
	sideOfTime = regexp.MustCompile(`\b(?:before|after|until) $`)
)

// datesIn are the dates of an answer, in any notation that instantOf reads.
func datesIn(s string) []candidate {
	var all []candidate
	for _, at := range dateIn.FindAllStringIndex(s, -1) {
		before := lead(s, at[0])
		_, ok := instantOf(s[at[0]:at[1]])
		if ok && !joins(s[:at[0]], s[at[1]:]) && !denied(before) && !sideOfTime.MatchString(before) &&
			!otherZone.MatchString(s[at[1]:]) {
			all = append(all, candidate{s[at[0]:at[1]], at[0], at[1]})
		}
	}
	return all
}
