package quiz

import (
	"fmt"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/trace"
)

// confusable are statuses of which each has a meaning of its own.
var confusable = []int{100, 101, 200, 201, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 412, 416, 417, 500, 501, 502, 503, 505}

// statusMeaning asks what a status tells the client.
func statusMeaning(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Response) || httpdecode.StatusText(x.Response.Head.Status) == "" {
		return nil
	}
	r, status := x.Response, x.Response.Head.Status
	right, _ := explain.Status(status)
	var near, far []Choice
	for _, other := range mixed(a.rng, append([]int(nil), confusable...)) {
		t, _ := explain.Status(other)
		c := Choice{Text: t.Text, Why: fmt.Sprintf("This is what %d %s says.", other, httpdecode.StatusText(other))}
		switch {
		case other == status || covers(other, status):
		case other/100 == status/100 && len(near) < 2:
			near = append(near, c)
		default:
			far = append(far, c)
		}
	}
	q := choose(a.rng, right.Text, append(near, far...), "The response of %s has the status %d. What does it tell the client?", nameOf(x), status).about(x, r.First.Packet)
	q.hint("The first digit gives the class: 2 success, 3 go elsewhere, 4 the request is at fault, 5 the server failed.")
	return q.at(r.First.Packet, "carries the status line: %s", startOf(r)).say("%d %s: %s", status, httpdecode.StatusText(status), right.Text).cite(right.Cite)
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

var classes = map[int]string{
	1: "Interim: the final response follows", 2: "Success: the request was understood and accepted", 3: "Redirection: the client has something more to do",
	4: "Client error: the request is at fault", 5: "Server error: the request may be right, and the server failed",
}

// statusClass asks for the class of a status.
func statusClass(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Response) || classes[x.Response.Head.Status/100] == "" {
		return nil
	}
	r, status := x.Response, x.Response.Head.Status
	wrong := mixed(a.rng, choicesOf(classes[1], classes[2], classes[3], classes[4], classes[5]))
	q := choose(a.rng, classes[status/100], wrong, "To which class does the status %d of %s belong?", status, nameOf(x)).about(x, r.First.Packet)
	q.hint("The first digit is the class.")
	q.at(r.First.Packet, "carries the status line: %s", startOf(r))
	return q.say("A client that does not know a status treats it as %d, the general one of its class.", status/100*100).cite("RFC 9110, Section 15")
}

// redirectTarget asks where a redirection leads.
func redirectTarget(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || x.Response.Head.Status/100 != 3 || len(x.Response.Head.Values(httpdecode.FieldLocation)) != 1 {
		return nil
	}
	r := x.Response
	to, _ := r.Head.Lookup(httpdecode.FieldLocation)
	host, _ := x.Request.Head.Lookup(httpdecode.FieldHost)
	referer, _ := x.Request.Head.Lookup(httpdecode.FieldReferer)
	wrong := []Choice{{Text: quoted(x.Request.Head.Target), Why: "This is what was asked for just now."}, {Text: quoted(referer), Why: "This is the page that the client comes from."},
		{Text: quoted("http://" + host + "/"), Why: "A redirection does not lead to the site's first page by itself."}, {Text: "Nothing: the user has to go on"}}
	q := choose(a.rng, quoted(to), others(wrong, x, to), "What will a browser ask for after the response of %s?", nameOf(x)).about(x, r.First.Packet)
	q.Given = headOf(r, nil)
	q.hint("One field of the response names the place.")
	t, _ := explain.Status(r.Head.Status)
	return q.at(r.First.Packet, "carries %s and Location: %s", startOf(r), quoted(to)).say("%s", t.Text).cite(t.Cite + "; RFC 9110, Section 10.2.2")
}

// others leaves out what means the same place as to.
func others(list []Choice, x *trace.Exchange, to string) []Choice {
	host, _ := x.Request.Head.Lookup(httpdecode.FieldHost)
	var out []Choice
	for _, c := range list {
		if c.Text != quoted("http://"+host+to) && quoted("http://"+host+c.Text) != quoted(to) && c.Text != "http:///" {
			out = append(out, c)
		}
	}
	return out
}
