package inspect

import (
	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

type annotator struct{}

func (a *annotator) init() {}

func (a *annotator) exchange(x *trace.Exchange, p *parts) {}

type parts struct{}

func (p *parts) begin(h *httpdecode.Head) {}
func (p *parts) feed(b []byte)            {}
