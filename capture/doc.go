// Package capture turns capture files into packets.
//
// A [Source] yields one [Packet] per captured frame: where and when it was
// captured, and, when it carries TCP, the addresses, the TCP header and the
// payload. Files may be pcap or pcapng, gzip or zstd around either; the
// format is told by content, never by name.
//
// The package knows link, network and transport headers. It does not put TCP
// segments in order (package reassembly does), and it does not look inside a
// payload. Traffic it cannot read is never an error: the packet says why in
// its Skip field. Errors are for the file itself.
package capture
