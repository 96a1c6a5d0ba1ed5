package coursework

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/trace"
)

// choice marks the chosen options.
func (k *marking) choice() {
	var rights, letters []string
	for i := range k.q.Options {
		if o := &k.q.Options[i]; o.Right {
			letters = append(letters, letter(i))
			rights = append(rights, letter(i)+") "+o.Text.In(k.lang))
		}
	}
	k.expected(join(rights))
	k.key.Text = strings.Join(letters, ",")
	chosen := k.chosen()
	if len(chosen) == 0 {
		k.say("The answer names none of the options.")
		return
	}
	good, bad := 0, 0
	for _, i := range chosen {
		o := &k.q.Options[i]
		if o.Right {
			good++
			continue
		}
		bad++
		if say := o.Say.In(k.lang); say != "" {
			k.say("%s", say)
		}
		if o.Tag != "" {
			k.out.Tags = append(k.out.Tags, o.Tag)
		}
	}
	if !k.q.Many && len(chosen) > 1 {
		k.say("One option is asked, and the answer names %d.", len(chosen))
		return
	}
	k.share(max(0, float64(good-bad)/float64(len(rights))))
}

func letter(i int) string { return string(rune('a' + i)) }

// chosen are the options that the answer names.
func (k *marking) chosen() []int {
	given := written(k.a)
	for _, s := range []string{given, k.yours(given)} {
		if i := k.option(s); i >= 0 {
			return []int{i}
		}
	}
	var all []int
	for _, s := range splitChoice(given) {
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

// yours is an answer without what makes a URL of it, and with "your address" in
// place of the address of a server in the captures, as options have it:
// http://10.0.0.7:8000/ is your address:8000.
func (k *marking) yours(given string) string {
	host := strings.Trim(strings.TrimPrefix(plain(given), "http://"), "/")
	addr, port := host, ""
	if ap, err := netip.ParseAddrPort(host); err == nil {
		addr, port = ap.Addr().String(), fmt.Sprintf(":%d", ap.Port())
	}
	for _, t := range k.traffics {
		for _, c := range t.Recording.Connections {
			if a := c.Ends[1].Addr().Unmap(); a.String() == addr && !a.IsLoopback() {
				return "your address" + port
			}
		}
	}
	return host
}

// lettersOnly is an answer such as ACD.
var lettersOnly = regexp.MustCompile(`^[a-z]{2,26}$`)

func splitChoice(s string) []string {
	if p := plain(s); lettersOnly.MatchString(p) {
		return strings.Split(p, "")
	}
	return strings.FieldsFunc(strings.NewReplacer(" and ", ",", "和", ",", "与", ",").Replace(s), func(r rune) bool { return strings.ContainsRune(",;/+&\n，；、 ", r) })
}

// option is the option that words name, by letter, number, text or what else is
// taken for it; -1 for none.
func (k *marking) option(s string) int {
	word := strings.Trim(plain(s), "()[]. :")
	for i := range k.q.Options {
		o := &k.q.Options[i]
		names := []string{letter(i)}
		for _, text := range o.Text {
			names = append(names, plain(text), letter(i)+") "+plain(text), letter(i)+". "+plain(text))
		}
		for _, w := range o.Accept {
			names = append(names, plain(string(w)))
		}
		if slices.ContainsFunc(names, func(n string) bool { return word == strings.Trim(n, "()[]. :") || plain(s) == n }) {
			return i
		}
	}
	if n := number(word); n >= 1 && n <= len(k.q.Options) {
		return n - 1
	}
	return -1
}

// text marks a short text by its accepted forms.
func (k *marking) text() {
	var forms []string
	for _, w := range k.q.Accept {
		forms = append(forms, string(w))
	}
	if len(forms) == 0 {
		forms = append(forms, "what matches "+k.q.Pattern)
	}
	k.expected(strings.Join(forms, " or "))
	if len(k.q.Accept) > 0 {
		k.key.Text = forms[0]
	}
	given := written(k.a)
	if k.accepted(given) {
		k.out.Verdict = Right
		return
	}
	if k.q.Pattern != "" && regexp.MustCompile(`(?is)^(?:`+k.q.Pattern+`)$`).MatchString(plain(given)) {
		k.out.Verdict = Right
	}
}

// Kinds of interfaces that a question of kind interface can have as its answer.
const (
	loopbackInterface = "loopback"
	networkInterface  = "network"
)

// interfaceWords are what students call interfaces.
var interfaceWords = map[string]*regexp.Regexp{
	loopbackInterface: regexp.MustCompile(`^(the )?(adapter for loopback.*|npcap loopback.*|.*\bloopback\b.*|lo\d*|lo\d* \(.*|.*回环.*|.*环回.*|.*本地环.*|127\.0\.0\.1)$`),
	networkInterface:  regexp.MustCompile(`^(the )?(network|wlan.*|wi-?fi.*|wlp.*|wlo.*|wlx.*|en\d+.*|ens.*|eno.*|enp.*|enx.*|eth.*|以太网.*|无线.*|wireless.*|.*\b(wlan|wi-?fi|ethernet)\b.*|veth.*|本地连接.*)$`),
}

// netInterface checks the interface that traffic takes against the addresses and
// the link of the capture.
func (k *marking) netInterface() {
	right, name := k.q.Fallback, ""
	if k.q.Filter != "" {
		for _, h := range k.find(k.q, "connections") {
			right, name = h.carrier()
			k.out.Proof = append(k.out.Proof, h.proof("it travels over the "+right+" interface"))
			break
		}
	}
	if right == "" {
		k.uncaptured()
		return
	}
	k.out.Expected, k.key.Text = right, right
	given := plain(written(k.a))
	wrong := networkInterface
	if right == networkInterface {
		wrong = loopbackInterface
	}
	switch {
	case name != "" && given == plain(name), interfaceWords[right].MatchString(given) && !interfaceWords[wrong].MatchString(given):
		k.out.Verdict = Right
	case interfaceWords[wrong].MatchString(given) && interfaceWords[right].MatchString(given):
		k.say("The answer names both kinds of interface.")
	case interfaceWords[wrong].MatchString(given):
		k.tag("wrong-interface")
	default:
		k.say("The answer names no interface.")
	}
}

// carrier is the kind of interface that carried a connection, and its name
// where the file has it. A machine that talks to itself uses loopback, also by
// its own address on the network.
func (h *hit) carrier() (kind, name string) {
	r := h.traffic.Recording
	if i := h.row.P.Interface; i < len(r.Info.Interfaces) {
		name = r.Info.Interfaces[i].Name
	}
	if onLoopback(h.row.Conn, h.row.P.Link) {
		return loopbackInterface, name
	}
	return networkInterface, name
}

func onLoopback(c *trace.Connection, link string) bool {
	a, b := c.Ends[0].Addr().Unmap(), c.Ends[1].Addr().Unmap()
	return link == "loopback" || a.IsLoopback() || b.IsLoopback() || a == b
}

// connectionsOf are the connections that a question's table lists.
func (k *marking) connectionsOf() (listed []hit, optional map[*trace.Connection]bool) {
	listed = k.find(k.q, "connections")
	optional = map[*trace.Connection]bool{}
	if k.q.Optional == "" {
		return listed, optional
	}
	q := *k.q
	q.Filter = k.q.Optional
	for _, h := range k.find(&q, "connections") {
		optional[h.row.Conn] = true
	}
	return listed, optional
}
