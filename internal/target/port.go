package target

import (
	"context"
	"net"
	"net/netip"
	"syscall"

	"httpscope/internal/texts"
)

// Owner is the program that holds a port.
type Owner struct {
	Name string // "" when the system does not tell
	PID  int
}

// PortError says that a port is taken.
type PortError struct {
	Server string // that wanted it
	Addr   netip.Addr
	Port   uint16
	Owner  Owner
	Err    error // what the system said
}

// Said is the error as a phrase.
func (e *PortError) Said() texts.Phrase {
	if e.Owner.Name != "" {
		return texts.Say("target.port-of", e.Server, e.Port, e.Addr, e.Owner.Name, e.Owner.PID)
	}
	return texts.Say("target.port", e.Server, e.Port, e.Addr)
}

// Error is the error in English.
func (e *PortError) Error() string { return e.Said().String() }

func (e *PortError) Unwrap() error { return e.Err }

// listen opens a port, 0 for a free one. The error of a taken port is a
// *PortError.
func listen(ctx context.Context, server string, addr netip.Addr, port uint16) (net.Listener, error) {
	// Go probes silent connections every 15 seconds when it is not told
	// otherwise. Python does not, and the probes would stand in every capture.
	config := net.ListenConfig{KeepAlive: -1}
	l, err := config.Listen(ctx, "tcp", netip.AddrPortFrom(addr, port).String())
	switch {
	case err == nil:
		return l, nil
	case isInUse(err):
		return nil, &PortError{Server: server, Addr: addr, Port: port, Owner: portOwner(addr, port),
			Err: syscall.EADDRINUSE}
	}
	return nil, texts.Errorf("target.start", server, err)
}
