package coursework

import (
	"regexp"

	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// KindInterface asks over which interface the traffic went.
const KindInterface = "interface"

// interfaceKind: right is loopback or network, as the addresses and the link of the selected connections show;
// `fallback` where the capture has none.
var interfaceKind = kind{
	name:    KindInterface,
	form:    "interface",
	takes:   []string{"filter", "fallback"},
	packets: true,
	check:   (*checker).interfaces,
	mark:    (*marking).netInterface,
}

// interfaces checks that an interface can be told.
func (c *checker) interfaces(at string, q *Question) *LoadError {
	if q.Fallback != "" && q.Fallback != loopbackInterface && q.Fallback != networkInterface {
		return c.fail(at+".fallback", texts.Say("coursework.hint-fallback"), "coursework.bad-fallback", q.Fallback)
	}
	if q.Filter == "" && q.Fallback == "" {
		return c.fail(at, texts.Say("coursework.hint-docs"), "coursework.needs-filter", q.ID)
	}
	return nil
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
		k.unread()
	case isRight:
		k.out.Verdict = Right
		k.readAs(right)
	case isWrong:
		k.tag("wrong-interface")
		k.readAs(wrong)
	default:
		k.unread()
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
