// Package variant makes a capture of its own for every student from one base
// capture, so that answers cannot be copied: other addresses, ports, MAC
// addresses, IP identifications, sequence numbers, TCP timestamps, times, and
// cookie and session values, and, if asked for, another order of connections.
// What the capture teaches stays: the same packets, lengths, messages, framing
// and findings, and every checksum is right.
//
// Nothing ever changes its length. An address becomes one whose text is as
// long, a port one with as many digits, a value one of the same characters'
// kinds; so no segment moves and no Content-Length is wrong. All of it is
// derived with HMAC-SHA-256 from a seed and the student's name: who has the
// seed can make the same bytes again, nobody else can.
//
// What it leaves as it is: the address ::1, multicast and broadcast, UDP ports
// and ports below 1024, text within TLS, HTTP/2 and coded (gzip, …) bodies,
// dates in other forms than HTTP's, and values shorter than four characters.
// Checksums and digests of bodies in fields are not computed anew. Packets that
// are not TCP, UDP, ICMP or ARP are dropped, since they may name an address in
// a way that it does not know; [Key] counts them. Comments of the capture file
// are dropped too. It refuses captures that are damaged, and those with TCP in
// IP fragments or tunnels. It captures nothing, marks nothing and prints nothing.
package variant
