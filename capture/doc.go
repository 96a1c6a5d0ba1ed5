// Package capture turns capture files and live traffic into packets, and
// packets into a capture file.
//
// A [Source] yields one [Packet] per captured frame: where and when it was
// captured, and, when it carries TCP, the addresses, the TCP header and the
// payload. A [File] may be pcap or pcapng, gzip or zstd around either; the
// format is told by content, never by name. A [Live] listens to an interface
// through libpcap, or on Linux through AF_PACKET. A [Queue] takes packets from one or
// more of these as fast as they come, and holds them until they are asked for.
//
// Beside the sources stands what a live capture needs of the system:
// [Interfaces] and [RouteTo] to choose where to listen, [PermissionHint] and
// [DropPrivileges] for the right to do so, and a [Writer] that keeps the frames.
//
// The package knows link, network and transport headers. It does not put TCP
// segments in order (package reassembly does), and it does not look inside a
// payload. Traffic it cannot read is never an error: the packet says why in
// its Skip field. Errors are for the file or the interface itself.
package capture
