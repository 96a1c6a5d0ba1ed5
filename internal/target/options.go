package target

import (
	"io"
	"net/netip"
	"time"

	"httpscope/internal/texts"
)

// Options say where the servers listen and who hears them. The zero value is
// usable: every server takes a free port of 127.0.0.1.
type Options struct {
	Bind      netip.Addr       // the zero Addr is 127.0.0.1
	Ports     Ports            // the zero Ports are free ones
	Directory string           // folder of the directory server; "" is a sample
	Hosts     []string         // names that Host may have over loopback, beside those that mean this machine
	KeyLog    io.Writer        // gets the secrets of TLS connections, as in SSLKEYLOGFILE; may be nil
	Ear       Ear              // hears every connection; may be nil
	Log       func(Entry)      // gets every request, from many goroutines; may be nil
	Now       func() time.Time // nil is time.Now

	limits limits
}

// Ports are the servers' ports. 0 takes a free one.
type Ports struct {
	Site, SiteTLS     uint16
	Hello, HelloFixed uint16
	Directory, Form   uint16
	Echo, EchoThreads uint16
	Raw               uint16
}

// DefaultPorts are the ports of the lab's code where it has them: 8000 for
// http.server, 5555 for echo. The lab's flask demo also wants 8000, both
// echoes want 5555, and its hello wants 8080, which is the site's here: these
// take the port behind.
func DefaultPorts() Ports {
	return Ports{
		Site: 8080, SiteTLS: 8443,
		Hello: 8081, HelloFixed: 8082,
		Directory: 8000, Form: 8001,
		Echo: 5555, EchoThreads: 5556,
		Raw: 8083,
	}
}

func (o Options) orDefault() Options {
	if !o.Bind.IsValid() {
		o.Bind = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.limits = o.limits.orDefault()
	return o
}

// Warning says what it means to listen on Bind, for the user to read before
// the servers start. Nothing is said when only this machine can reach them.
func (o Options) Warning() texts.Phrase {
	o = o.orDefault()
	if o.Bind.IsLoopback() {
		return texts.Phrase{}
	}
	if o.Bind.IsUnspecified() {
		return texts.Say("target.warning.network")
	}
	return texts.Say("target.warning.address", o.Bind)
}
