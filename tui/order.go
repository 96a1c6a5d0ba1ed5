package tui

import (
	"strings"

	"httpscope/internal/trace"
)

// order is what the exchanges are sorted by.
type order uint8

// Orders, as the key that changes them goes through them.
const (
	byNumber order = iota
	byMethod
	byTarget
	byStatus
	byRequestBytes
	byResponseBytes
	byWait
	orders
)

// orderHeadings are the keys of the phrases over the columns.
var orderHeadings = [orders]string{
	byNumber:        "page.column.number",
	byMethod:        "page.column.method",
	byTarget:        "page.column.target",
	byStatus:        "page.column.status",
	byRequestBytes:  "page.column.request-bytes",
	byResponseBytes: "page.column.response-bytes",
	byWait:          "page.column.ms",
}

// heading is the key of the phrase over the column.
func (o order) heading() string { return orderHeadings[o] }

// keyed is an exchange and what it is sorted by.
type keyed struct {
	id     int64
	number int64
	text   string
}

// key is what an exchange is sorted by; the text is a copy.
func (o order) key(x *trace.Exchange) keyed {
	k := keyed{id: x.ID}
	switch o {
	case byMethod:
		if x.Request != nil && x.Request.Head != nil {
			k.text = strings.Clone(x.Request.Head.Method)
		}
	case byTarget:
		if x.Request != nil && x.Request.Head != nil {
			k.text = strings.Clone(x.Request.Head.Target)
		}
	case byStatus:
		if x.Response != nil {
			k.number = int64(x.Response.Head.Status)
		}
	case byRequestBytes:
		if x.Request != nil {
			k.number = x.Request.Body
		}
	case byResponseBytes:
		if r := answer(x); r != nil {
			k.number = r.Body
		}
	case byWait:
		wait, receive := x.Timing()
		k.number = -1
		if wait != trace.NoDuration {
			k.number = int64(wait + receive)
		}
	}
	return k
}

// answer is the final response, or the bare document in its place; nil when
// there is none.
func answer(x *trace.Exchange) *trace.Message {
	if x.Response != nil {
		return x.Response
	}
	return x.Simple
}
