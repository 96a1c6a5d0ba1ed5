package trace

import "slices"

// Clone copies an exchange that is still being built, so that the copy stays
// as it is while the exchange grows. Heads, and what lists hold already, do not
// change any more and are shared.
func (x *Exchange) Clone() *Exchange {
	c := *x
	c.own = [2]Message{}
	c.Request, c.Response, c.Simple = x.Request.clone(), x.Response.clone(), x.Simple.clone()
	c.Interim = nil
	for _, m := range x.Interim {
		c.Interim = append(c.Interim, m.clone())
	}
	c.Findings = slices.Clip(x.Findings)
	if x.Ranges != nil {
		r := *x.Ranges
		c.Ranges = &r
	}
	if x.Cookies != nil {
		k := *x.Cookies
		c.Cookies = &k
	}
	return &c
}

func (m *Message) clone() *Message {
	if m == nil {
		return nil
	}
	c := *m
	if m.Head == &m.head {
		c.Head = &c.head
	}
	c.Chunks, c.Trailers, c.Kept = slices.Clip(m.Chunks), slices.Clip(m.Trailers), slices.Clip(m.Kept)
	c.Items = slices.Clip(m.Items)
	return &c
}

// Clone copies a connection that is still open.
func (c *Connection) Clone() *Connection {
	n := *c
	n.Statuses, n.Findings = slices.Clone(c.Statuses), slices.Clone(c.Findings)
	n.Streams = slices.Clone(c.Streams)
	return &n
}

// Begun is what is known of a connection from its beginning. It may be called while the rest is
// being written.
func (c *Connection) Begun() *Connection {
	return &Connection{ID: c.ID, Ends: c.Ends, Link: c.Link, Tunnel: c.Tunnel, Heard: c.Heard, Reversed: c.Reversed}
}

// As is the connection as the exchanges of a view see it: the other way round
// when the view is of what came after a change of roles.
func (c *Connection) As(view *Connection) *Connection {
	if !view.Reversed || c.Reversed {
		return c
	}
	n := c.Clone()
	n.Reversed, n.Swapped = true, 1-c.Swapped
	n.Ends[0], n.Ends[1] = c.Ends[1], c.Ends[0]
	for i := range n.Streams {
		cuts := &n.Streams[i].Cuts
		cuts[0], cuts[1] = cuts[1], cuts[0]
	}
	return n
}

// Dir is the direction, as in Segment, in which a side sends.
func (c *Connection) Dir(side int) int { return side ^ c.Swapped }

// Side is the side that sends in a direction: 0 the client, 1 the server.
func (c *Connection) Side(dir uint8) int { return int(dir) ^ c.Swapped }
