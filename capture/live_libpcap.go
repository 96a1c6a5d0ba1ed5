//go:build (linux && cgo && libpcap) || (windows && (amd64 || 386)) || (darwin && cgo)

package capture

import (
	"io"
	"net"
	"strings"
	"time"

	libpcap "github.com/google/gopacket/pcap"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/texts"
)

// pcapTimeout is how long libpcap collects packets before it hands them over,
// and how long a read waits. Its immediate mode is no substitute: it takes
// room for the longest packet for each one, and drops at high rates.
const pcapTimeout = 20 * time.Millisecond

// pcapDevice captures through libpcap, or Npcap.
type pcapDevice struct {
	name   string
	handle *libpcap.Handle
}

func openPcap(o LiveOptions) (device, LinkType, error) {
	h, err := activate(o)
	if err != nil {
		return nil, 0, pcapError(o, err)
	}
	if o.Filter != "" {
		if err := h.SetBPFFilter(o.Filter); err != nil {
			h.Close()
			return nil, 0, pcapfilter.Refuse(o.Filter, -1, texts.Say("pcapfilter.libpcap", err),
				texts.Say("pcapfilter.libpcap-hint"))
		}
	}
	return &pcapDevice{o.Interface, h}, fileLink(int(h.LinkType())), nil
}

func activate(o LiveOptions) (*libpcap.Handle, error) {
	inactive, err := libpcap.NewInactiveHandle(o.Interface)
	if err != nil {
		return nil, err
	}
	defer inactive.CleanUp()
	// libpcap has no promiscuous mode for all interfaces together, and says so by a
	// warning that gopacket takes for an error.
	promiscuous := o.Promiscuous && o.Interface != "any"
	for _, err := range []error{
		inactive.SetSnapLen(o.SnapLen), inactive.SetBufferSize(o.Buffer),
		inactive.SetTimeout(pcapTimeout), inactive.SetPromisc(promiscuous),
	} {
		if err != nil {
			return nil, err
		}
	}
	return inactive.Activate()
}

// pcapError tells the errors of activation by the text that gopacket has for
// their codes, which it does not export.
func pcapError(o LiveOptions, err error) error {
	const promiscuousDenied = "unknown activated error: -11" // PCAP_ERROR_PROMISC_PERM_DENIED
	switch text := err.Error(); {
	case text == "Permission Denied", text == promiscuousDenied, strings.Contains(text, "ermission denied"),
		strings.Contains(text, "peration not permitted"):
		return &PermissionError{"libpcap", o.Interface, texts.Errorf("capture.error.denied")}
	case text == "No Such Device", strings.Contains(text, "No such device"):
		return noSuchInterface(o.Interface)
	case text == "Interface Not Up":
		return interfaceDown(o.Interface)
	}
	return texts.Errorf("capture.error.on", o.Interface, err)
}

// fileLink turns a DLT_ value of this system into the LINKTYPE_ value of files.
// They differ where systems had different values for DLT_RAW.
func fileLink(dlt int) LinkType {
	if l := LinkType(dlt); l != linkRawBSD && l != linkRawOpenBSD {
		return l
	}
	return LinkRaw
}

func (d *pcapDevice) next(p *Packet, wait func()) ([]byte, error) {
	frame, ci, err := d.handle.ZeroCopyReadPacketData()
	switch {
	case err == nil:
		p.Nano, p.CapLen, p.WireLen = ci.Timestamp.UnixNano(), ci.CaptureLength, ci.Length
		return frame, nil
	case err == libpcap.NextErrorTimeoutExpired:
		wait()
		return nil, nil
	case err == io.EOF:
		return nil, err
	}
	return nil, d.failure()
}

// failure tells an interface that is gone from other errors of a read. libpcap
// has only a text for it, and not the same one in all its versions.
func (d *pcapDevice) failure() error {
	err := d.handle.Error()
	if strings.Contains(err.Error(), "disappeared") || strings.Contains(err.Error(), "went down") {
		return &InterfaceGoneError{d.name}
	}
	if _, lookup := net.InterfaceByName(d.name); lookup != nil && d.name != "any" &&
		!strings.HasPrefix(d.name, npcapName) {
		return &InterfaceGoneError{d.name}
	}
	return texts.Errorf("capture.error.on", d.name, err)
}

func (d *pcapDevice) stats() (dropped, ifDropped uint64, err error) {
	s, err := d.handle.Stats()
	if err != nil {
		return 0, 0, err
	}
	return uint64(uint32(s.PacketsDropped)), uint64(uint32(s.PacketsIfDropped)), nil
}

// wake has nothing to do: no read waits longer than pcapTimeout.
func (d *pcapDevice) wake() {}

func (d *pcapDevice) release() { d.handle.Close() }
