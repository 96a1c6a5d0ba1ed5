package capture

// Backends names the ways of live capture that are built in, best first. It is
// empty where the program can read files only.
func Backends() []string {
	var names []string
	for _, b := range backends {
		names = append(names, b.version)
	}
	return names
}

// backend is a way of live capture.
type backend struct {
	name    string // for LiveOptions.Backend
	version string // for people
	open    func(LiveOptions) (device, LinkType, error)
}

// DropUnused is for the beginning of a program. With gopacket's pcap package
// come the decoders of its layers, which are not used here. Two of their tables
// have 65 536 entries each; emptied, they hold no pointers for every garbage
// collection to follow.
func DropUnused() { dropUnused() }
