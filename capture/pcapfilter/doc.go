// Package pcapfilter compiles a subset of pcap's capture filter language to
// classic BPF, for programs without libpcap.
//
// The subset, with pcap's meaning, precedence and abbreviations:
//
//	ip  ip6  tcp  udp
//	[tcp|udp] [src|dst|src or dst|src and dst] port N
//	[tcp|udp] [src|dst|src or dst|src and dst] portrange A-B
//	[ip|ip6]  [src|dst|src or dst|src and dst] host ADDRESS
//	[ip|ip6]  [src|dst|src or dst|src and dst] net ADDRESS/LENGTH
//	not  !  and  &&  or  ||  ( )
//
// As in pcap, "and" and "or" have the same precedence and group from the left,
// a value after either takes the qualifiers before it (tcp port 80 or 443), a
// direction alone means a host (src 192.0.2.1), a port is one of TCP, UDP or
// SCTP unless said otherwise, and a host of IPv4 is looked for in ARP too.
// Ports are not found in later fragments, and not behind IPv6 extension headers.
//
// The package looks up no names of hosts, networks or services, and it does
// not attach programs to anything.
package pcapfilter
