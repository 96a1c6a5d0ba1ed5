package target

import (
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"net/netip"
	"os"
	"path"
	"strconv"
	"strings"
)

// portOwner asks the proc file system. Other users' processes are hidden from
// a process without privileges.
func portOwner(addr netip.Addr, port uint16) Owner {
	return ownerIn(os.DirFS("/proc"), addr, port)
}

// tcpListen is the state LISTEN in /proc/net/tcp (include/net/tcp_states.h).
const tcpListen = "0A"

// ownerIn finds the process that listens on a port in a proc file system
// (proc(5)): first the socket's inode, then whoever has it open.
func ownerIn(proc fs.FS, addr netip.Addr, port uint16) Owner {
	inodes := map[string]bool{}
	for _, name := range []string{"net/tcp", "net/tcp6"} {
		// The table of an address family that the kernel lacks is absent.
		table, _ := fs.ReadFile(proc, name)
		for line := range strings.Lines(string(table)) {
			if inode, ok := listener(line, addr, port); ok {
				inodes["socket:["+inode+"]"] = true
			}
		}
	}
	if len(inodes) == 0 {
		return Owner{}
	}
	// Processes that end meanwhile leave no names.
	dirs, _ := fs.Glob(proc, "[1-9]*")
	for _, pid := range dirs {
		if holds(proc, pid, inodes) {
			return named(proc, pid)
		}
	}
	return Owner{}
}

// listener reads a line of /proc/net/tcp: slot, local address, remote address,
// state, …, and the inode as the tenth column.
func listener(line string, addr netip.Addr, port uint16) (inode string, ok bool) {
	columns := strings.Fields(line)
	if len(columns) < 10 || columns[3] != tcpListen {
		return "", false
	}
	local, ok := procAddress(columns[1])
	if !ok || local.Port() != port {
		return "", false
	}
	meets := local.Addr() == addr || local.Addr().IsUnspecified() || addr.IsUnspecified()
	return columns[9], meets
}

// procAddress reads "0100007F:1F90": the address as 32-bit words in the byte
// order of the machine, the port as a number.
func procAddress(s string) (netip.AddrPort, bool) {
	host, port, _ := strings.Cut(s, ":")
	number, err := strconv.ParseUint(port, 16, 16)
	if err != nil {
		return netip.AddrPort{}, false
	}
	words, err := hex.DecodeString(host)
	if err != nil || len(words)%4 != 0 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(words); i += 4 {
		binary.NativeEndian.PutUint32(words[i:], binary.BigEndian.Uint32(words[i:]))
	}
	addr, ok := netip.AddrFromSlice(words)
	return netip.AddrPortFrom(addr.Unmap(), uint16(number)), ok
}

// holds reports whether a process has one of the sockets open.
func holds(proc fs.FS, pid string, inodes map[string]bool) bool {
	fds, err := fs.ReadDir(proc, path.Join(pid, "fd"))
	if err != nil {
		return false
	}
	for _, fd := range fds {
		link, err := fs.ReadLink(proc, path.Join(pid, "fd", fd.Name()))
		if err == nil && inodes[link] {
			return true
		}
	}
	return false
}

func named(proc fs.FS, pid string) Owner {
	number, err := strconv.Atoi(pid)
	if err != nil {
		return Owner{}
	}
	comm, err := fs.ReadFile(proc, path.Join(pid, "comm"))
	if err != nil {
		return Owner{}
	}
	return Owner{Name: strings.TrimSuffix(string(comm), "\n"), PID: number}
}
