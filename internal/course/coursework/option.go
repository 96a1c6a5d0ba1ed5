package coursework

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// chosen are the options that the answer names: as a whole, by a letter before a
// reason, one by one, or in a sentence.
func (k *marking) chosen() []int {
	given := unlisted(written(k.a))
	for _, s := range []string{given, k.yours(given)} {
		if i := k.option(s); i >= 0 {
			return []int{i}
		}
	}
	if i, reason := k.reasoned(given); i >= 0 && !k.q.Many {
		if meant := k.within(reason); len(meant) == 1 && meant[0] != i {
			return nil // "a, since they are" what another option says: nobody knows which is meant
		}
		return []int{i}
	}
	if all := k.each(splitChoice(given)); all != nil {
		return all
	}
	return k.within(given)
}

// each are the options that words name, every word one; nil when a word names none.
func (k *marking) each(words []string) []int {
	var all []int
	for _, s := range words {
		i := k.option(s)
		if i < 0 {
			return nil
		}
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

var (
	listMark = regexp.MustCompile(`(?m)^\s*[-*•]\s+`)
	choosing = regexp.MustCompile(`(?i)^\s*(?:(?:my |the )?(?:right |correct )?(?:option|choice|answer)(?: is)?\b|i (?:choose|chose|pick|picked)\b|我?选(?:择|项|的是)?|答案(?:是|为)?)[\s:：]*`)
	lettered = regexp.MustCompile(`(?s)^\(?([a-z])(?:\s*[).:]\s*| (?:because|since|as)\b|[, ]*因为)(.*)$`)
	letterIn = regexp.MustCompile(`(?:^|[\s,;/&(])([a-z])(?:[).:,;]|\s*$)|\b(?:and|or) ([a-z])\b`)
)

// unlisted is an answer without the marks of a list and words such as "option".
func unlisted(given string) string {
	lines := strings.Split(listMark.ReplaceAllString(given, ""), "\n")
	for i, l := range lines {
		if rest := choosing.ReplaceAllString(l, ""); strings.TrimSpace(rest) != "" {
			lines[i] = rest
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// reasoned is the option whose letter begins an answer that goes on, and how it goes on: "c) because …";
// -1 when there is none, or another letter follows.
func (k *marking) reasoned(given string) (option int, reason string) {
	m := lettered.FindStringSubmatch(plain(given))
	if m == nil || int(m[1][0]-'a') >= len(k.q.Options) {
		return -1, ""
	}
	for _, other := range letterIn.FindAllStringSubmatch(m[2], -1) {
		if l := other[1] + other[2]; l != m[1] && int(l[0]-'a') < len(k.q.Options) {
			return -1, ""
		}
	}
	return int(m[1][0] - 'a'), m[2]
}

// within is the only option that a sentence names; nil when it names several, or
// takes back what it names.
func (k *marking) within(given string) []int {
	given = k.ownAddress(plain(given))
	type place struct {
		mention
		option int
	}
	var places []place
	for i := range k.q.Options {
		for _, name := range k.q.Options[i].names() {
			if len([]rune(name)) < 2 {
				continue
			}
			for _, m := range mentions(given, regexp.MustCompile(regexp.QuoteMeta(name))) {
				if whole(given, m) {
					places = append(places, place{m, i})
				}
			}
		}
	}
	var spans []mention
	for _, p := range places {
		spans = append(spans, p.mention)
	}
	var all []int
	for _, p := range places {
		if len(outermost([]mention{p.mention}, spans)) > 0 && !p.denied && !slices.Contains(all, p.option) {
			all = append(all, p.option)
		}
	}
	if len(all) != 1 {
		return nil
	}
	return all
}

// whole reports whether a mention is no part of a longer word.
func whole(s string, m mention) bool {
	word := func(i int) bool {
		return i >= 0 && i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= '0' && s[i] <= '9')
	}
	return !(word(m.from-1) && word(m.from)) && !(word(m.to-1) && word(m.to))
}

// names are the texts of an option and what else is taken for it.
func (o *Option) names() []string {
	var all []string
	for _, text := range o.Text {
		all = append(all, plain(text))
	}
	for _, w := range o.Accept {
		all = append(all, plain(string(w)))
	}
	return all
}

// yours is an answer without what makes a URL of it, and with "your address" in
// place of the address of a server in the captures, as options have it:
// http://10.0.0.7:8000/ is your address:8000.
func (k *marking) yours(given string) string {
	host := strings.Trim(strings.TrimPrefix(plain(given), "http://"), "/")
	addr, port := host, ""
	if ap, err := netip.ParseAddrPort(host); err == nil {
		addr, port = ap.Addr().String(), fmt.Sprintf(":%d", ap.Port())
	}
	if k.serves(addr) {
		return "your address" + port
	}
	return host
}

// dotted is an address in a sentence.
var dotted = regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)

// ownAddress is a sentence with "your address" in place of addresses of servers.
func (k *marking) ownAddress(s string) string {
	return dotted.ReplaceAllStringFunc(s, func(addr string) string {
		if k.serves(addr) {
			return "your address"
		}
		return addr
	})
}

// serves reports whether an address is that of a server in the captures, and not
// of the loopback interface.
func (k *marking) serves(addr string) bool {
	for _, t := range k.traffics {
		for _, c := range t.Recording.Connections {
			if a := c.Ends[1].Addr().Unmap(); a.String() == addr && !a.IsLoopback() {
				return true
			}
		}
	}
	return false
}

// lettersOnly is an answer such as ACD.
var lettersOnly = regexp.MustCompile(`^[a-z]{2,26}$`)

func splitChoice(s string) []string {
	if p := plain(s); lettersOnly.MatchString(p) {
		return strings.Split(p, "")
	}
	return strings.FieldsFunc(strings.NewReplacer(" and ", ",", "和", ",", "与", ",").Replace(s),
		func(r rune) bool { return strings.ContainsRune(",;/+&\n，；、 ", r) })
}

// option is the option that words name, by letter, number, text or what else is
// taken for it; -1 for none.
func (k *marking) option(s string) int {
	word := strings.Trim(plain(s), "()[]. :")
	for i := range k.q.Options {
		o := &k.q.Options[i]
		names := append([]string{letter(i)}, o.names()...)
		for _, text := range o.Text {
			names = append(names, letter(i)+") "+plain(text), letter(i)+". "+plain(text))
		}
		if slices.ContainsFunc(names,
			func(n string) bool { return word == strings.Trim(n, "()[]. :") || plain(s) == n }) {
			return i
		}
	}
	if n := number(word); n >= 1 && n <= len(k.q.Options) {
		return n - 1
	}
	return -1
}
