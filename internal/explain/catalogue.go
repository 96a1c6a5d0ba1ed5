package explain

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Catalogue is all texts in one language. The zero Catalogue is English.
type Catalogue struct {
	lang Lang
}

// In is the catalogue in a language.
func In(lang Lang) Catalogue { return Catalogue{lang} }

// Lang is the language of the texts.
func (c Catalogue) Lang() Lang {
	if c.lang == Chinese {
		return Chinese
	}
	return English
}

// texts is all there are, sorted by code.
func (c Catalogue) texts() []Text {
	if c.lang == Chinese {
		return chineseTexts()
	}
	return englishTexts()
}

// englishTexts is all there are, sorted by code.
var englishTexts = sync.OnceValue(func() []Text {
	all := slices.Concat(framingRules, tcpTexts, cookieTexts(), otherTexts(), lessonTexts(), subjectTexts())
	slices.SortFunc(all, byCode)
	return all
})

// chineseTexts are the same codes in the same order.
var chineseTexts = sync.OnceValue(func() []Text {
	all := slices.Clone(englishTexts())
	chinese := renderings()
	for i := range all {
		if r, ok := chinese[all[i].Code]; ok {
			all[i] = r.of(all[i])
		}
	}
	return all
})

func byCode(a, b Text) int { return strings.Compare(a.Code, b.Code) }

// All lists the findings and the framing rules, sorted by code.
func (c Catalogue) All() []Text { return c.Group(GroupFindings, GroupRules) }

// Lookup returns the text of a code.
func (c Catalogue) Lookup(code string) (Text, bool) {
	all := c.texts()
	i, ok := slices.BinarySearchFunc(all, code, func(t Text, code string) int { return strings.Compare(t.Code, code) })
	if !ok {
		return Text{}, false
	}
	return all[i], true
}

// Rule returns the text of a rule of RFC 9112 section 6.3, 1 to 8; the zero
// Text for other numbers.
func (c Catalogue) Rule(n int) Text {
	t, _ := c.Lookup(RuleCode(n))
	return t
}

// Method returns the text of a request method, which is case-sensitive.
func (c Catalogue) Method(name string) (Text, bool) {
	if name != strings.ToUpper(name) {
		return Text{}, false
	}
	return c.Lookup(MethodCode(name))
}

// Status returns the text of a status code; of one that is not registered, that
// of its class.
func (c Catalogue) Status(code int) (Text, bool) {
	if t, ok := c.Lookup(StatusCode(code)); ok {
		return t, true
	}
	return c.Lookup("status-" + strconv.Itoa(code/100) + "xx")
}

// Field returns the text of a field by its name, in any case.
func (c Catalogue) Field(name string) (Text, bool) { return c.Lookup(FieldCode(name)) }

// MethodCode is the code of the text for a method: method-get.
func MethodCode(name string) string { return "method-" + strings.ToLower(name) }

// StatusCode is the code of the text for a status: status-404.
func StatusCode(status int) string { return "status-" + strconv.Itoa(status) }

// FieldCode is the code of the text for a field: field-content-length. The
// name may be in any case.
func FieldCode(name string) string { return "field-" + strings.ToLower(name) }

// RuleCode is the code of the text for a rule of RFC 9112 section 6.3.
func RuleCode(n int) string { return "framing-rule-" + strconv.Itoa(n) }
