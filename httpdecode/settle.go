package httpdecode

import "strings"

// After a loss among several requests, which response answers which is known only
// when the client goes on: it has all its answers then, so the last responses
// belong to the last requests. Until then responses have exchanges of their own,
// with negative numbers, and a [PairEvent] tells later where they belong.

// pairLater gives a response an exchange of its own for the time being. An
// interim response shares it with the final one.
func (d *Decoder) pairLater(h *half, interim bool) pending {
	if d.interim == 0 {
		d.provisional--
		d.interim = d.provisional
	}
	h.exchange = d.interim
	if !interim {
		d.loose = append(d.loose, h.exchange)
		d.interim = 0
	}
	if len(d.loose) >= maxPending {
		d.abandon(PairingUncertain, "found.pairing-uncertain")
	}
	return pending{exchange: h.exchange, method: d.commonMethod()}
}

// commonMethod is the method of all requests that wait, GET when they differ: it
// decides whether there is a body.
func (d *Decoder) commonMethod() string {
	method := ""
	for _, q := range d.pending {
		switch {
		case q.lost || q.method == method:
		case method == "":
			method = q.method
		default:
			return "GET"
		}
	}
	return method
}

// aligned is the requests behind the last loss among them.
func (d *Decoder) aligned() []pending {
	from := 0
	for i := range d.pending {
		if d.pending[i].lost {
			from = i + 1
		}
	}
	return d.pending[from:]
}

// settle pairs the last responses with the last requests.
func (d *Decoder) settle() {
	requests, responses, certain := d.aligned(), d.loose, d.certain()
	n := min(len(requests), len(responses))
	for _, q := range d.pending[:len(d.pending)-n] {
		d.conclude(q, ResponseLost, "found.response-not-captured")
	}
	d.leaveAlone(responses[:len(responses)-n])
	requests, responses = requests[len(requests)-n:], responses[len(responses)-n:]
	for i, q := range requests {
		e := d.emit(&d.sides[Server], PairEvent, 0)
		e.Exchange, e.Provisional = q.exchange, responses[i]
		if certain {
			continue
		}
		e.Finding = &Finding{PairingUncertain, fact("found.pairing-uncertain.concluded",
			strings.Clone(shorten(q.method))), e.Span}
	}
	d.forget()
}

// certain reports that only the beginning of the connection may be missing, and that
// there are as many responses as requests.
func (d *Decoder) certain() bool {
	for _, q := range d.pending {
		if q.lost && !q.before {
			return false
		}
	}
	return !d.swallowed && len(d.loose) == len(d.aligned())
}

// leaveAlone gives responses exchanges of their own for good.
func (d *Decoder) leaveAlone(responses []int64) {
	for _, r := range responses {
		d.next++
		e := d.emit(&d.sides[Server], PairEvent, 0)
		e.Exchange, e.Provisional = d.next, r
	}
}

// closeUnsettled decides at the end of the server's stream what the client's going on would have.
func (d *Decoder) closeUnsettled() {
	switch {
	case !d.unsettled:
	case len(d.loose) >= len(d.aligned()) && d.sides[Server].hole == noHole:
		d.settle()
	default:
		d.abandon(PairingUncertain, "found.pairing-uncertain")
	}
}
