package coursework

import (
	"regexp"
	"strings"

	"httpscope/internal/texts"
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
		k.say("coursework.names-no-option")
		return
	}
	if !k.q.Many && len(chosen) > 1 {
		k.say("coursework.names-options", len(chosen))
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
			k.tell(say)
		}
		if o.Tag != "" {
			k.out.Tags = append(k.out.Tags, o.Tag)
		}
	}
	k.share(max(0, float64(good-bad)/float64(len(rights))))
}

func letter(i int) string { return string(rune('a' + i)) }

// text marks a short text by its accepted forms.
func (k *marking) text() {
	var forms []string
	for _, w := range k.q.Accept {
		forms = append(forms, string(w))
	}
	if len(forms) == 0 {
		forms = append(forms, k.phrase("coursework.right-pattern", k.q.Pattern))
	}
	k.expected(k.either(forms))
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

// either joins what is right in one way or another.
func (k *marking) either(forms []string) string {
	text := forms[0]
	for _, f := range forms[1:] {
		text = k.phrase("coursework.or", text, f)
	}
	return text
}

// Kinds of interfaces that a question of kind interface can have as its answer.
const (
	loopbackInterface = "loopback"
	networkInterface  = "network"
)

// interfaceWords are what students call interfaces. What the name of the loopback
// interface has beside it is a part of it: the network interface lo.
var interfaceWords = map[string]*regexp.Regexp{
	loopbackInterface: regexp.MustCompile(`(?:(?:network (?:interface|adapter|card)|网络接口|网卡|接口)[ :为是]*(?:named |called )?)?(?:loopback|\blo\d*\b|回环|环回|回送|本地环|\b127\.0\.0\.1\b|::1\b|\blocalhost\b)(?: (?:virtual |pseudo )?network|虚拟网卡|网络接口|网卡)?`),
	networkInterface:  regexp.MustCompile(`network|\b(?:wlan\w*|wi-?fi\w*|wl[pox]\w+|en\d+\w*|en[sop]\d\w*|enx[0-9a-f]+|eth\d*|v?ethernet\w*|wireless|veth\w*|bridge\d+|ap\d+|utun\d+|hotspot|lan|nic)\b|以太网|无线|本地连接|网卡|网络|热点|局域网`),
}

// netInterface checks the interface that traffic takes against the addresses and
// the link of the capture.
func (k *marking) netInterface() {
	right, name := k.q.Fallback, ""
	if k.q.Filter != "" {
		for _, h := range k.find(k.q, "connections") {
			right, name = h.carrier()
			shows := texts.Say("coursework.proof-interface", texts.Say("coursework.right-"+right))
			k.out.Proof = append(k.out.Proof, k.proof(&h, shows))
			break
		}
	}
	if right == "" {
		k.uncaptured()
		return
	}
	k.out.Expected, k.key.Text = k.phrase("coursework.right-"+right), right
	given := plain(written(k.a))
	wrong := networkInterface
	if right == networkInterface {
		wrong = loopbackInterface
	}
	if name != "" && given == plain(name) {
		k.out.Verdict = Right
		return
	}
	switch isRight, isWrong := between(given, interfaceWords[right], interfaceWords[wrong]); {
	case isRight && isWrong:
		k.say("coursework.names-both-interfaces")
	case isRight:
		k.out.Verdict = Right
	case isWrong:
		k.tag("wrong-interface")
	default:
		k.say("coursework.names-no-interface")
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
