package target

import (
	"io/fs"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"
)

// proc is a proc file system with a table of sockets and two processes.
func proc(tcp, tcp6 string) fstest.MapFS {
	const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	link := func(to string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(to), Mode: fs.ModeSymlink} }
	return fstest.MapFS{
		"net/tcp":   {Data: []byte(head + tcp)},
		"net/tcp6":  {Data: []byte(head + tcp6)},
		"1/comm":    {Data: []byte("init\n")},
		"1/fd/0":    link("/dev/null"),
		"4242/comm": {Data: []byte("python3\n")},
		"4242/fd/3": link("socket:[1001]"),
		"4242/fd/4": link("socket:[1002]"),
		"5000/fd":   {Mode: fs.ModeDir}, // of another user: nothing to be seen
		"self":      link("4242"),
	}
}

func TestPortOwner(t *testing.T) {
	line := func(local, state, inode string) string {
		return "   0: " + local + " 00000000:0000 " + state +
			" 00000000:00000000 00:00000000 00000000     0        0 " + inode + " 1 0\n"
	}
	python := Owner{"python3", 4242}
	for _, tt := range []struct {
		name, tcp, tcp6, addr string
		want                  Owner
	}{
		{"the same address", line("0100007F:1F90", "0A", "1001"), "", "127.0.0.1", python},
		{"all addresses", line("00000000:1F90", "0A", "1001"), "", "127.0.0.1", python},
		{"all addresses are wanted", line("0100007F:1F90", "0A", "1001"), "", "0.0.0.0", python},
		{"all addresses of both families", "", line("00000000000000000000000000000000:1F90", "0A", "1002"),
			"127.0.0.1", python},
		{"IPv6", "", line("00000000000000000000000001000000:1F90", "0A", "1002"), "::1", python},
		{"IPv4 in IPv6", "", line("0000000000000000FFFF00000100007F:1F90", "0A", "1002"), "127.0.0.1", python},
		{"another address", line("0200007F:1F90", "0A", "1001"), "", "127.0.0.1", Owner{}},
		{"another port", line("0100007F:1F91", "0A", "1001"), "", "127.0.0.1", Owner{}},
		{"a connection", line("0100007F:1F90", "01", "1001"), "", "127.0.0.1", Owner{}},
		{"a process of somebody else", line("0100007F:1F90", "0A", "9999"), "", "127.0.0.1", Owner{}},
		{"rubbish", "x\n:\n  0: zz:1F90 a 0A b c d e f g\n  0: 01:1F90 a 0A b c d e f g\n 0: 0100007F a 0A b c d e f g\n", "", "127.0.0.1", Owner{}},
		{"nothing", "", "", "127.0.0.1", Owner{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ownerIn(proc(tt.tcp, tt.tcp6), netip.MustParseAddr(tt.addr), 8080); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	if got := ownerIn(fstest.MapFS{}, netip.MustParseAddr("127.0.0.1"), 8080); got != (Owner{}) {
		t.Errorf("without /proc: %+v", got)
	}
}

func TestPortErrorText(t *testing.T) {
	e := &PortError{Server: "site", Addr: netip.MustParseAddr("::1"), Port: 8080}
	if got := e.Error(); got != "start site: port 8080 of ::1 is in use" {
		t.Error(got)
	}
	// A process chooses its own name.
	e.Owner = Owner{"a\x1b[2J", 7}
	if got := e.Error(); !strings.HasSuffix(got, ` by "a\x1b[2J" (process 7)`) {
		t.Error(got)
	}
}
