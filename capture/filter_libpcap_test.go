//go:build (linux && cgo && libpcap) || (darwin && cgo)

package capture

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/google/gopacket/layers"
	libpcap "github.com/google/gopacket/pcap"
	"golang.org/x/net/bpf"

	"httpscope/capture/pcapfilter"
)

// compared are filters that libpcap takes as well.
var compared = []string{
	"", "tcp", "udp", "ip", "ip6", "not tcp", "port 80", "port 8080", "tcp port 8000 or 8080", "tcp src port 8080",
	"dst port 443 or 8443",
	"portrange 1-1024", "tcp portrange 8000-9000 or 443", "src or dst portrange 9000-8000",
	"src and dst portrange 1024-65535",
	"host 127.0.0.1", "src host 10.0.0.1 or 10.0.0.2", "src and dst 127.0.0.1", "ip host 10.0.0.1", "host ::1",
	"ip6 host ::1", "host ::1 or 127.0.0.1",
	"net 10.0.0.0/8", "net 10.0.0.0/8 or 192.168.0.0/16", "src net 127.0.0.0/9", "net ::/0", "net 0.0.0.0/0",
	"ip6 net fe80::/10", "net 2001:db8::/33",
	"not port 8080 or 8000", "tcp and not port 80 or udp", "not (tcp and port 8080) and net 127.0.0.0/8",
	"ip and tcp or ip6 and tcp", "port (80 or 8080 or 8000)",
	"port not 8080", "port 8000 or !(8080 or 80)", "tcp && !port 80||udp", "not not ip6",
	"udp or tcp src port 8080 or 8000",
}

// refusedBoth are filters that neither takes.
var refusedBoth = []string{
	"1.2.3.4", "tcp or 80", "(port 80) or 443", "not (port 80) or 443", "tcp host 1.2.3.4", "ip port 80",
	"tcp dst 1.2.3.4", "tcp 80", "port 70000", "port 080", "port 1-2",
	"portrange 1-", "net 10.0.0.1/8", "net 10.0.0.0/33", "host 10.0.0.0/8", "ip6 host 1.2.3.4", "ip host ::1",
	"port 80 443",
	"port 80 or (443 and tcp)", "port 80 or", "()", "(tcp", "tcp)", "TCP", "port 80 or 10.0.0.1", "net ::1/64",
	"ip src or dst port 80",
}

// pcapLinks are the link types of the samples that both compile for.
var pcapLinks = map[LinkType]struct {
	ours   pcapfilter.Link
	theirs layers.LinkType
}{LinkEthernet: {pcapfilter.Ethernet, 1}, LinkRaw: {pcapfilter.Raw, 12}, LinkLinuxSLL: {pcapfilter.LinuxSLL, 113}}

// rare are packets that the samples lack: fragments, extension headers, ARP.
func rare() [][]byte {
	udp := cat(be16(49152), be16(8080), be16(8+5), be16(0), []byte("hello"))
	arp := cat(be16(1), be16(0x0800), []byte{6, 4}, be16(1), make([]byte, 6), []byte{10, 0, 0, 1}, make([]byte, 6),
		[]byte{10, 0, 0, 2})
	var all [][]byte
	for _, b := range [][]byte{
		hello4, ip4(17, udp), ip4(132, udp), ip4(1, udp), ip4Frag(6, 1, 0, true, segment("hello")),
		ip4Frag(6, 1, 64, false, segment("hello")),
		ip4Frag(17, 1, 0, true, udp), ip4Frag(17, 1, 8, true, udp), ip4(protoIPv4, hello4), ip4(protoIPv6, hello6),
	} {
		all = append(all, eth(0x0800, b))
	}
	for _, b := range [][]byte{
		hello6, ip6(17, udp), ip6(132, udp), ip6(58, udp), ip6(44, frag6(6, 1, 0, true, segment("hello"))),
		ip6(44, frag6(17, 1, 64, false, udp)),
		ip6(0, ext(6, 0, segment("hello"))), ip6(protoIPv4, hello4),
	} {
		all = append(all, eth(0x86dd, b))
	}
	return append(all, eth(0x0806, arp), eth(0x8035, arp), eth(0x8100, cat(be16(7), be16(0x0800), hello4)))
}

// frames reads the samples.
func frames(t *testing.T) map[LinkType][][]byte {
	t.Helper()
	all := map[LinkType][][]byte{LinkEthernet: rare()}
	files, err := filepath.Glob("../pcaps/*.pcap*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, name := range files {
		f, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for {
			var p Packet
			frame, err := f.format.next(f, &p)
			if err != nil {
				break
			}
			all[p.Link] = append(all[p.Link], bytes.Clone(frame))
		}
		f.Close()
	}
	return all
}

// Our programs accept of the samples what libpcap's accept.
func TestFiltersMatchWhatLibpcapsMatch(t *testing.T) {
	all := frames(t)
	for link, l := range pcapLinks {
		if len(all[link]) == 0 {
			t.Errorf("no sample of link type %v", link)
		}
		for _, text := range compared {
			program, err := pcapfilter.Compile(text, l.ours, maxRecord)
			if err != nil {
				t.Error(err)
				continue
			}
			ours, err := bpf.NewVM(program)
			if err != nil {
				t.Fatal(err)
			}
			theirs := theirProgram(t, l.theirs, text)
			accepted := 0
			for _, frame := range all[link] {
				a, errA := ours.Run(frame)
				b, errB := theirs.Run(frame)
				if errA != nil || errB != nil || (a > 0) != (b > 0) {
					t.Fatalf("%q on %v: we accept %d bytes (%v), libpcap %d (%v), of % x", text, link, a, errA, b,
						errB, frame)
				}
				if a > 0 {
					accepted++
				}
			}
			t.Logf("%v %q: %d of %d", link, text, accepted, len(all[link]))
		}
	}
}

// theirProgram is libpcap's, for the same machine.
func theirProgram(t *testing.T, link layers.LinkType, text string) *bpf.VM {
	t.Helper()
	raw, err := libpcap.CompileBPFFilter(link, maxRecord, text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var program []bpf.Instruction
	for _, r := range raw {
		program = append(program, bpf.RawInstruction{Op: r.Code, Jt: r.Jt, Jf: r.Jf, K: r.K}.Disassemble())
	}
	vm, err := bpf.NewVM(program)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return vm
}

func TestFiltersThatLibpcapRefuses(t *testing.T) {
	for _, text := range refusedBoth {
		if _, err := libpcap.CompileBPFFilter(layers.LinkTypeEthernet, maxRecord, text); err == nil {
			t.Errorf("libpcap takes %q", text)
		}
		if _, err := pcapfilter.Compile(text, pcapfilter.Ethernet, maxRecord); err == nil {
			t.Errorf("we take %q", text)
		}
	}
}
