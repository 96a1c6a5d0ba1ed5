package explain

// tcpTexts are about connections, below HTTP. The codes are "tcp-" and the
// name of what package reassembly notes, and two of package inspect, which
// also gives them their severity.
var tcpTexts = []Text{
	{
		"tcp-gap", "warning", "Bytes of the stream are missing in the capture",
		"Sequence numbers show that bytes were sent, and no captured packet carries them.",
		"If the receiver has acknowledged them, only the capture lost them: the program that captured was too slow, or it saw one of two paths. If nobody acknowledged them, the network lost them or the capture ended first. Messages over the gap are incomplete.",
		"Look for the acknowledgment that covers the missing bytes, and at how many packets the capture program dropped.",
		"RFC 9293 section 3.4",
	},
	{
		"tcp-overlap-different", "error", "Bytes sent again with another content",
		"A segment repeats sequence numbers that were seen before, but its bytes are different.",
		"An honest sender repeats the same bytes. Operating systems keep either the first or the last copy, so an attacker who sends both shows one text to an inspector and another to the receiver. The first copy is used here. Damaged captures can also look like this.",
		"Compare the bytes of the two packets, and their addresses, TTL and checksums.",
		"RFC 9293 section 3.10.7.4",
	},
	{
		"tcp-late-segment", "note", "Segment came after its gap was given up",
		"A packet carries bytes of a gap that had already been counted as missing.",
		"The receiver had acknowledged the bytes, so the messages after them were read without waiting longer. The packet was captured out of order, or it is a repetition.",
		"Compare its time and number with the packets around it. Captures from several interfaces or processor cores are not always in order.",
		"RFC 9293 section 3.4",
	},
	{
		"tcp-keep-alive", "note", "TCP keep-alive",
		"A packet repeats the byte before the next expected one, or carries no byte at that place, to see whether the other side answers.",
		"TCP sends nothing on an idle connection, so a host that has vanished is not noticed. A program can ask for probes; by default the first comes after two hours. This has nothing to do with Connection: keep-alive, which keeps a connection open for the next request.",
		"Look at the time between the probes, and whether each is acknowledged.",
		"RFC 9293 section 3.8.4",
	},
	{
		"tcp-zero-window", "note", "Receiver is full",
		"A packet announces a window of 0 bytes.",
		"The program on this side does not read as fast as data comes, so its buffer is full and the sender must wait. The network is not to blame for this delay.",
		"Look at the time until the window opens again, and at what the program did in between. A server that calls recv too seldom looks like this.",
		"RFC 9293 sections 3.8.6 and 3.8.6.1",
	},
	{
		"tcp-midstream", "note", "Capture began after the connection",
		"The first packet of this direction is not the SYN.",
		"What was sent before is unknown: the first bytes may be the middle of a message, and who opened the connection may have to be guessed. Browsers keep connections open for minutes, so this is common at the beginning of a capture.",
		"Start the capture first, then the browser. Closing the browser before it makes all connections new.",
		"RFC 9293 section 3.5",
	},
	{
		"tcp-reset", "note", "Connection was reset",
		"One side sent RST.",
		"RST ends a connection at once, in both directions, and data on its way is lost. The answer to a connection on a port where nobody listens is one; so is the close of a socket that still holds unread data, or a program that crashed. A browser may end an idle connection this way, which is harmless.",
		"Look at who sent it and what came just before: a SYN, a request, or the last bytes of a response.",
		"RFC 9293 sections 3.5.2 and 3.5.3; RFC 9112 section 9.6",
	},
	{
		"tcp-half-close", "note", "Data after the other side's FIN",
		"One side has sent FIN, and the other goes on sending data.",
		"FIN ends one direction only: it says that its sender has nothing more to say, not that it stops reading. A client may end its direction after the request and still read the response.",
		"Look at which side sent FIN first. In a program it is shutdown, not close.",
		"RFC 9293 sections 3.6 and 3.6.1",
	},
	{
		"tcp-data-after-end", "warning", "Data after the sender's own end",
		"A side sends data beyond its own FIN, or after the connection was reset.",
		"No receiver takes these bytes, and they are not part of the stream. After a RST they are often packets that were already on their way. Data beyond a FIN is wrong in any case.",
		"Compare the packet's sequence number with that of the FIN, and its time with that of the RST.",
		"RFC 9293 sections 3.6 and 3.10.7.4",
	},
	{
		"tcp-outside-window", "warning", "Sequence number outside any window",
		"A sequence or acknowledgment number lies so far away that it cannot belong to this connection.",
		"The receiver drops such a packet and answers with the numbers it expects. That protects against old packets and against attackers who guess numbers, for example to plant a RST.",
		"Look at the number and at those around it. A packet of an older connection with the same ports is harmless; many different numbers are guesses.",
		"RFC 9293 section 3.10.7.4; RFC 5961 sections 3.2 and 5.2",
	},
	{
		"tcp-reset-ignored", "warning", "RST that its receiver did not take",
		"A RST came, and the connection went on: its receiver acknowledged what was sent behind it.",
		"A receiver takes a RST only when its number is exactly the one that it expects next. Devices on the way that want to end a connection forge RSTs, often several with guessed numbers; the ones that do not fit, or come too late, change nothing. Reading goes on as the receiver did.",
		"Compare the number, the TTL and the time of the RST with those of its sender's other packets: a forged one seldom fits.",
		"RFC 5961 section 3.2; RFC 9293 section 3.10.7.4",
	},
	{
		"tcp-port-reuse", "note", "Addresses and ports are used again",
		"A new SYN opens a connection with the addresses and ports of an earlier one.",
		"Addresses and ports name a connection, so the two must be told apart by their sequence numbers. A client normally takes another port; after enough connections, or with a fixed port in the program, one comes again. The side that closed waits in TIME-WAIT so that old packets cannot be mistaken for new ones.",
		"Look at the time between the two. In the list they are two connections.",
		"RFC 9293 sections 3.4.1 and 3.6.1",
	},
	{
		"tcp-payload-cut", "warning", "Packets were cut by the snapshot length",
		"Packets are stored shorter than they were on the wire.",
		"The capture program was told to keep only the first bytes of each packet, which saves space and loses the content. The bytes count as a gap, and bodies are incomplete.",
		"Look at the snapshot length in the file's header. Capture again without a limit: tcpdump -s 0.",
		"draft-ietf-opsawg-pcap",
	},
	{
		"connection-unused", "note", "Connection on which nothing was sent",
		"The connection was opened, and neither side sent data.",
		"Browsers open connections in advance, because they expect to need them, and close those that they did not need. Port scanners and health checks do the same. A server must be able to serve others meanwhile: one that handles a single connection at a time waits for a request that never comes.",
		"Look at the connections to the same server at the same time, and how long this one was open.",
		"RFC 9112 sections 9.4 and 9.5",
	},
	{
		"client-accepted", "note", "HTTP client accepted the connection",
		"The side that accepted the TCP connection sends the requests, from the beginning or since both agreed to change roles.",
		"Who opens a connection and who asks on it are two things. A device behind a firewall opens a connection to a service, which then sends its commands as HTTP requests. With Upgrade: PTTH/1.0 the two sides change roles in the open.",
		"Look at the first bytes of each side: the one with a request line is the client of HTTP.",
		"RFC 9110 section 7.8",
	},
	{
		"client-guessed", "note", "Client is a guess",
		"No SYN was captured, so the side with the higher port was taken for the client.",
		"The client is the side that sends the SYN. Without it only the ports are left: a server usually waits on a low, fixed port, and a client gets a high one from its system. With a server on a high port the guess can be wrong.",
		"Look at which side sends request lines, and start the next capture before the connection.",
		"RFC 9293 section 3.5; RFC 6335 section 6",
	},
}
