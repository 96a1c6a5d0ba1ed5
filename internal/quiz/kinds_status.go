package quiz

import (
	"slices"
	"strconv"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// confusable are statuses of which each has a meaning of its own.
var confusable = []int{100, 101, 200, 201, 204, 206, 301, 302, 303, 304, 307, 308,
	400, 401, 403, 404, 405, 412, 416, 417, 500, 501, 502, 503, 505}

// statusMeaning asks what a status tells the client.
func statusMeaning(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Response) || httpdecode.StatusText(x.Response.Head.Status) == "" {
		return nil
	}
	r, status := x.Response, x.Response.Head.Status
	right, _ := a.texts.Status(status)
	q := a.choose(meaningOf(right), a.otherStatuses(status), "quiz.status-meaning.ask", nameOf(x), status)
	q.about(x, r.First.Packet).hint("quiz.status-meaning.hint")
	q.at(r.First.Packet, "quiz.packet.status-line", startOf(r))
	return q.say("quiz.status-meaning.means", status, httpdecode.StatusText(status), right.What).cite(right.Cite)
}

// otherStatuses are wrong choices for what a status means: two of its class, and
// others.
func (a *asker) otherStatuses(status int) []option {
	var near, far []option
	for _, other := range mixed(a.rng, slices.Clone(confusable)) {
		t, _ := a.texts.Status(other)
		o := option{meaningOf(t), phrase("quiz.status-meaning.other", other, httpdecode.StatusText(other))}
		switch {
		case other == status || covers(other, status):
		case other/100 == status/100 && len(near) < 2:
			near = append(near, o)
		default:
			far = append(far, o)
		}
	}
	return append(near, far...)
}

// covers reports that what one status says is true, or nearly so, of another.
func covers(general, status int) bool {
	switch general {
	case 200:
		return status/100 == 2
	case 204:
		return status == 304
	case 301:
		return status == 308
	case 400:
		return status/100 == 4 && status != 401 && status != 403 && status != 404
	case 500:
		return status/100 == 5
	}
	return false
}

// className says what a class of statuses means.
func className(class int) saying { return phrase("quiz.status-class.class-" + strconv.Itoa(class)) }

// statusClass asks for the class of a status.
func statusClass(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Response) || x.Response.Head.Status/100 < 1 || x.Response.Head.Status/100 > 5 {
		return nil
	}
	r, status := x.Response, x.Response.Head.Status
	wrong := mixed(a.rng, options(className(1), className(2), className(3), className(4), className(5)))
	q := a.choose(className(status/100), wrong, "quiz.status-class.ask", status, nameOf(x)).about(x, r.First.Packet)
	q.hint("quiz.status-class.hint")
	q.at(r.First.Packet, "quiz.packet.status-line", startOf(r))
	return q.say("quiz.status-class.general", status/100*100).cite("RFC 9110, Section 15")
}

// redirectTarget asks where a redirection leads.
func redirectTarget(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || x.Response.Head.Status/100 != 3 || len(x.Response.Head.Values(httpdecode.FieldLocation)) != 1 {
		return nil
	}
	r := x.Response
	to, _ := r.Head.Lookup(httpdecode.FieldLocation)
	wrong := append(otherPlaces(x, to), option{says: phrase("quiz.redirect-target.nothing")})
	q := a.choose(literal(quoted(to)), wrong, "quiz.redirect-target.ask", nameOf(x)).about(x, r.First.Packet)
	q.Given = a.headOf(r, nil)
	q.hint("quiz.redirect-target.hint")
	q.at(r.First.Packet, "quiz.redirect-target.location", startOf(r), quoted(to))
	t, _ := a.texts.Status(r.Head.Status)
	return q.tell(meaningOf(t)).cite(t.Cite + "; RFC 9110, Section 10.2.2")
}

// otherPlaces are where a redirection to a place does not lead. What means the
// same place is left out.
func otherPlaces(x *trace.Exchange, to string) []option {
	host, _ := x.Request.Head.Lookup(httpdecode.FieldHost)
	referer, _ := x.Request.Head.Lookup(httpdecode.FieldReferer)
	var out []option
	for _, w := range [][2]string{
		{quoted(x.Request.Head.Target), "quiz.redirect-target.asked"},
		{quoted(referer), "quiz.redirect-target.referer"},
		{quoted("http://" + host + "/"), "quiz.redirect-target.first-page"},
	} {
		if w[0] != quoted("http://"+host+to) && quoted("http://"+host+w[0]) != quoted(to) && w[0] != "http:///" {
			out = append(out, option{literal(w[0]), phrase(w[1])})
		}
	}
	return out
}
