package lesson

import (
	"net/netip"
	"time"

	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// client is whom a cookie jar belongs to. Two user agents at one address are two.
type client struct {
	addr  netip.Addr
	agent string
}

// maxAgent bounds the part of a User-Agent that tells one client from another.
const maxAgent = 256

func clientOf(x *trace.Exchange) client {
	agent := user(x)
	return client{x.Conn.Ends[layer.Client].Addr(), agent[:min(len(agent), maxAgent)]}
}

// name is the client in words.
func (c client) name() texts.Phrase {
	if c.agent == "" {
		return texts.Say("lesson.client-unnamed", c.addr)
	}
	return texts.Say("lesson.client", c.addr, clip(c.agent))
}

// timeOf is a point's time; the zero time when it is not known.
func timeOf(p layer.Stamp) time.Time {
	if p.Nano == 0 {
		return time.Time{}
	}
	return time.Unix(0, p.Nano).UTC()
}
