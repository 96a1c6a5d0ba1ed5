package lesson

import (
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/forms"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Leaks is what a passive listener learns of each connection.
type Leaks struct {
	Connections []Leak `json:"connections"`
	Left        int    `json:"left_out"` // connections beyond the first maxLeaks

	words texts.Catalogue
}

// Leak is what is learnt of one connection, and what is not.
type Leak struct {
	Connection int64      `json:"connection"`
	Client     string     `json:"client"`
	Server     string     `json:"server"`
	Protocol   string     `json:"protocol"`
	Items      []LeakItem `json:"items"`
	Score      int        `json:"score"` // the sum of the items' points, 0 to MaxScore

	frame int64
	words texts.Catalogue
}

// LeakItem is one kind of knowledge.
type LeakItem struct {
	Name   texts.Phrase `json:"name"`
	Seen   []string     `json:"seen"`   // what is seen; empty for nothing
	Hidden string       `json:"hidden"` // what stays hidden; "" for nothing
	Points int          `json:"points"` // of this item, 0 when nothing of it was seen
	Of     int          `json:"of"`     // points when it is seen
}

// MaxScore is the score of a connection of which everything was seen: 1 point
// for who talks to whom, when and how much; 1 for the name of the site; 1 for
// what is asked for; 1 for what the fields say of the client; 1 for what comes
// back; 1 for what is sent; 2 for cookies, by which sessions can be taken over;
// 2 for names and passwords.
const MaxScore = 10

// maxLeaks bounds the connections, maxSeen the entries of an item.
const (
	maxLeaks = 200
	maxSeen  = 12
)

func leaks(lang texts.Lang, src Source, scope Scope) Lesson {
	l := &Leaks{words: texts.In(lang)}
	of := map[int64][]*trace.Exchange{}
	for _, x := range exchangesIn(src, scope) {
		of[x.Conn.ID] = append(of[x.Conn.ID], x)
	}
	for _, c := range connectionsIn(src, scope) {
		if len(l.Connections) >= maxLeaks {
			l.Left++
			continue
		}
		l.Connections = append(l.Connections, l.leak(c, of[c.ID], src.Tape(c.ID)))
	}
	return l
}

// leak is what is learnt of a connection and its exchanges.
func (l *Leaks) leak(c *trace.Connection, list []*trace.Exchange, t *trace.Tape) Leak {
	k := Leak{Connection: c.ID, Client: c.Ends[0].String(), Server: c.Ends[1].String(), Protocol: c.Protocol.String(),
		frame: c.Start.Packet, words: l.words}
	switch {
	case c.Protocol == trace.TLS:
		k.tls(c, t)
	case len(list) > 0:
		k.http(c, list)
	default:
		k.other(c, t)
	}
	for i := range k.Items {
		k.Score += k.Items[i].Points
	}
	return k
}

// item adds an item; it has points when something of it was seen. Hidden is a phrase's key, "" for nothing.
func (k *Leak) item(name string, of int, seen []string, hidden string) {
	i := LeakItem{Name: texts.Say("lesson.leak-item." + name), Seen: k.capped(seen), Of: of}
	if hidden != "" {
		i.Hidden = k.words.Phrase(hidden)
	}
	if len(seen) > 0 {
		i.Points = of
	}
	k.Items = append(k.Items, i)
}

func (k *Leak) capped(list []string) []string {
	if n := len(list) - maxSeen; n > 0 {
		return append(slices.Clip(list[:maxSeen]), k.words.Phrase("lesson.and-more", n))
	}
	return list
}

// traffic is what no encryption hides.
func (k *Leak) traffic(c *trace.Connection) []string {
	packets := func(side int) texts.Phrase { return texts.Say("count.packet", c.Packets[side]) }
	return []string{k.words.Phrase("lesson.leak.ends", c.Ends[0], c.Ends[1]),
		k.words.Phrase("lesson.leak.amounts", packets(0), byteCount(c.Bytes[0]), packets(1), byteCount(c.Bytes[1])),
		k.words.Phrase("lesson.leak.when", millis(duration(after(c.Start.Nano, c.End.Nano))))}
}

// other is a connection that is neither HTTP nor TLS.
func (k *Leak) other(c *trace.Connection, t *trace.Tape) {
	k.item("traffic", 1, k.traffic(c), "")
	if c.Bytes[0]+c.Bytes[1] == 0 {
		k.item("contents", 0, nil, "lesson.leak.no-byte")
		return
	}
	k.item("sent", 1, k.opening(t, 0, c.Bytes[0]), "lesson.leak.unless-encrypted")
	k.item("came", 1, k.opening(t, 1, c.Bytes[1]), "lesson.leak.unless-encrypted")
}

// opening is how many bytes a side sent, and the first of them.
func (k *Leak) opening(t *trace.Tape, side int, n int64) []string {
	if n == 0 {
		return nil
	}
	s := tcpTo(t, layer.Side(side), maxShown)
	return []string{k.words.Phrase("lesson.leak.opening", byteCount(n), quoted(s.data))}
}

// found collects different texts in the order in which they were seen.
type found struct {
	list []string
	has  map[string]bool
}

// maxFound bounds the texts that are told apart.
const maxFound = 1000

func (f *found) add(s string) {
	if s == "" || f.has[s] || len(f.list) >= maxFound {
		return
	}
	if f.has == nil {
		f.has = map[string]bool{}
	}
	f.has[s] = true
	f.list = append(f.list, s)
}

// eavesdropper collects what HTTP in the clear says.
type eavesdropper struct {
	names, asked, fields, sent, came, cookies, secrets found

	words texts.Catalogue
}

// http is a connection in the clear.
func (k *Leak) http(c *trace.Connection, list []*trace.Exchange) {
	e := eavesdropper{words: k.words}
	for _, x := range list {
		for m := range x.Messages() {
			if m.Head != nil && m.Side == layer.Client {
				e.request(x, m)
			} else {
				e.response(m)
			}
		}
	}
	k.item("traffic", 1, k.traffic(c), "")
	k.item("site", 1, e.names.list, "")
	k.item("asked", 1, e.asked.list, "")
	k.item("client", 1, e.fields.list, "")
	k.item("sent", 1, e.sent.list, "")
	k.item("came", 1, e.came.list, "")
	k.item("cookies", 2, e.cookies.list, "")
	k.item("passwords", 2, e.secrets.list, "")
}

func (e *eavesdropper) request(x *trace.Exchange, m *trace.Message) {
	h := m.Head
	e.names.add(x.URL().Host)
	e.asked.add(asked(e.words, x))
	for _, id := range []httpdecode.FieldID{httpdecode.FieldUserAgent, httpdecode.FieldReferer} {
		if v, ok := h.Lookup(id); ok {
			e.fields.add(clip(id.String() + ": " + v))
		}
	}
	if v, ok := h.Get("Accept-Language"); ok {
		e.fields.add(clip("accept-language: " + v))
	}
	for _, line := range h.Values(httpdecode.FieldCookie) {
		for _, p := range cookies.ParseCookie(line) {
			e.cookies.add(clip(strings.TrimSpace(p.Raw)))
		}
	}
	e.credentials(h)
	e.body(m)
}

// credentials are fields and query parameters that hold a password.
func (e *eavesdropper) credentials(h *trace.Head) {
	for _, id := range []httpdecode.FieldID{httpdecode.FieldAuthorization, httpdecode.FieldProxyAuthorization} {
		for _, v := range h.Values(id) {
			c, _ := forms.ParseAuthorization(v)
			switch {
			case c.Decoded:
				e.secrets.add(clip(e.words.Phrase("lesson.leak.basic", c.User, c.Password)))
			case v != "":
				e.secrets.add(clip(id.String() + ": " + v))
			}
		}
	}
	if _, query, ok := strings.Cut(h.Target, "?"); ok {
		e.fieldsOf(query, "lesson.leak.in-target")
	}
}

// maxForm bounds the bytes of a form that are read.
const maxForm = 64 << 10

// fieldsOf looks for names of fields that hold secrets; where is the phrase for where they stand.
func (e *eavesdropper) fieldsOf(encoded, where string) {
	fields, _ := forms.ParseURLEncoded(encoded[:min(len(encoded), maxForm)])
	for _, f := range fields {
		if secretName(f.Name) {
			e.secrets.add(clip(e.words.Phrase(where, f.Name+"="+f.Value)))
		}
	}
}

// secretName reports names of fields that hold passwords and session numbers.
func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"pass", "pwd", "secret", "token", "session", "apikey", "api_key"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return name == "sid" || name == "pin"
}

// body is what a message carries besides its head.
func (e *eavesdropper) body(m *trace.Message) {
	if m.Body == 0 {
		return
	}
	value, _ := m.Head.Lookup(httpdecode.FieldContentType)
	e.sent.add(e.content(m, value))
	if strings.HasPrefix(strings.ToLower(value), "application/x-www-form-urlencoded") {
		e.fieldsOf(string(m.Kept), "lesson.leak.in-form")
	}
}

// content is how much of which type a body is.
func (e *eavesdropper) content(m *trace.Message, contentType string) string {
	if contentType == "" {
		contentType = e.words.Phrase("lesson.leak.no-type")
	}
	return clip(e.words.Phrase("lesson.leak.content", byteCount(m.Body), contentType))
}

func (e *eavesdropper) response(m *trace.Message) {
	var contentType string
	if m.Head != nil {
		contentType, _ = m.Head.Lookup(httpdecode.FieldContentType)
		for _, line := range m.Head.Values(httpdecode.FieldSetCookie) {
			c := cookies.ParseSetCookie(line)
			e.cookies.add(clip(c.Name + "=" + c.Value))
		}
	}
	if m.Body > 0 {
		e.came.add(e.content(m, contentType))
	}
}
