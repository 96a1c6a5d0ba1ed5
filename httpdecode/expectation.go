package httpdecode

// refuse notes a final response to a request that announced its body with
// Expect: 100-continue and has sent none of it: the body may never come (RFC 9110, Section 10.1.1).
func (d *Decoder) refuse(exchange int64) {
	c := &d.sides[Client]
	if c.exchange == exchange && c.inBody() && c.got == 0 && c.head != nil && c.head.expectsContinue() {
		c.refused = true
	}
}

// expectsContinue reports a request that waits before it sends its body.
func (h *Head) expectsContinue() bool {
	v, ok := h.Lookup(FieldExpect)
	return ok && hasToken(v, "100-continue")
}

// stepUnless goes on reading, unless more bytes are wanted.
func (d *Decoder) stepUnless(wait bool, h *half, in []byte) int {
	if wait {
		return 0
	}
	return d.step(h, in)
}

// afterRefusal tells a body that comes all the same from the next request; with
// wait more bytes are wanted.
func (d *Decoder) afterRefusal(h *half, in []byte) (next, wait bool) {
	switch v := knownRequestLine(in); v {
	case maybe:
		return false, true
	case yes:
		h.refused = false
		d.find(h, ExpectBodyUnsent, 0, "found.expect-body-unsent", beginning(in))
		d.endMessage(h, false)
		return true, false
	}
	h.refused = false
	return false, false
}
