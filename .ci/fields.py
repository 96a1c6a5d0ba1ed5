#!/usr/bin/env python3
"""Compares `httpscope read -e` and `read --packets -e` with `tshark -T fields` on the sample captures.

usage: fields.py HTTPSCOPE CAPTURE...

Messages are lined up by the packet that completes them and by connection, packets by their number. Prints how many
values agree, and fails when a value differs in a capture that EXPLAINED, or of packets PACKETS_EXPLAINED, does not name.
"""
import collections, concurrent.futures, os, subprocess, sys

FIELDS = """frame.number frame.time_epoch tcp.stream ip.src ip.dst ipv6.src ipv6.dst tcp.srcport tcp.dstport http.request
http.request.method http.request.uri http.request.version http.request.full_uri http.request.line http.request.uri.path
http.request.uri.query http.response http.response.version http.response.code http.response.phrase
http.response.code.desc http.response.line http.host http.user_agent http.content_type http.content_length_header
http.content_length http.connection http.cookie http.cookie_pair http.set_cookie http.location http.server http.date
http.transfer_encoding http.content_encoding http.accept http.accept_encoding http.referer http.cache_control
http.last_modified http.authorization http.chunk_size""".split()

EXPLAINED = {
    "bad-chunk.pcap": "tshark takes the size zz for 0",
    "chunk-trailers.pcap": "tshark shows a packet of the trailer as a continuation",
    "demo.pcapng": "the same",
    "dup-cl.pcap": "two lengths; httpscope prints the one it reads by",
    "excess-bytes.pcap": "tshark loses the response behind the excess bytes",
    "body-204.pcap": "tshark gives a 204 a body",
    "cl-te.pcap": "httpscope does not print the length that is overridden",
    "range-416.pcap": "tshark has the phrase of RFC 7233",
    "obs-fold.pcap": "tshark ends the head at a folded line",
}

PACKET_FIELDS = """frame.number frame.time_relative tcp.stream frame.len frame.cap_len frame.time_delta frame.interface_id frame.comment
eth.src eth.dst eth.addr eth.type ip.version ip.hdr_len ip.dsfield ip.dsfield.dscp ip.dsfield.ecn ip.len ip.id ip.flags
ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto ip.checksum ip.addr ipv6.version ipv6.tclass ipv6.flow
ipv6.plen ipv6.nxt ipv6.hlim ipv6.addr tcp.port tcp.len tcp.seq tcp.seq_raw tcp.nxtseq tcp.ack tcp.ack_raw tcp.hdr_len
tcp.flags tcp.flags.fin tcp.flags.syn tcp.flags.reset tcp.flags.push tcp.flags.ack tcp.window_size_value tcp.window_size
tcp.checksum tcp.urgent_pointer tcp.options tcp.options.mss_val tcp.options.wscale.shift tcp.options.timestamp.tsval
tcp.options.timestamp.tsecr tcp.payload tcp.time_relative tcp.time_delta tcp.connection.syn tcp.connection.synack
tcp.connection.fin tcp.connection.rst tcp.analysis.ack_rtt tcp.analysis.acks_frame tcp.analysis.initial_rtt
tcp.analysis.bytes_in_flight tcp.analysis.push_bytes_sent tcp.analysis.duplicate_ack_num tcp.analysis.duplicate_ack_frame
tcp.analysis.rto tcp.analysis.rto_frame udp.port udp.length tls.record.content_type tls.record.version tls.record.length
tls.handshake.type tls.handshake.length tls.handshake.version tls.handshake.ciphersuite
tls.handshake.extensions_server_name tls.handshake.extensions_alpn_str""".split()

DECRYPTED = "tshark decrypts with the secrets in the file"
PACKETS_EXPLAINED = {
    "connect-proxy.pcap": "what a tunnel carries is not read",
    "cookie-secure.pcapng": DECRYPTED, "demo.pcapng": DECRYPTED, "https-dsb.pcapng": DECRYPTED,
    "https-tls12.pcapng": DECRYPTED, "mixed-content.pcapng": DECRYPTED,
}

def rows(cmd, fields):
    chosen = [x for f in fields for x in ("-e", f)]
    out = subprocess.run([*cmd, *chosen], capture_output=True, text=True, errors="replace").stdout
    table = collections.defaultdict(list)
    for line in out.splitlines():
        cells = (line.split("\t") + [""] * len(fields))[: len(fields)]
        table[cells[0], cells[2]].append(cells)
    return table

def compare(path, theirs, ours, fields, explained):
    """How many values agree, how many differ, and whether one may not."""
    agree = differ = 0
    failed = False
    for key in theirs.keys() & ours.keys():
        if len(theirs[key]) != 1 or len(ours[key]) != 1:
            continue
        for name, a, b in zip(fields, theirs[key][0], ours[key][0]):
            if a.strip() == b:
                agree += 1
                continue
            differ += 1
            if os.path.basename(path) not in explained:
                failed = True
                print(f"{path} packet {key[0]} {name}: tshark {a!r}, httpscope {b!r}")
    return agree, differ, failed

def main():
    prefs = ["-o", "tcp.try_heuristic_first:TRUE", "-o", "tcp.reassemble_out_of_order:TRUE"]
    failed = False
    for what, flag, only, fields, explained in (
            ("fields", [], ["-Y", "http"], FIELDS, EXPLAINED),
            ("fields of packets", ["--packets"], [], PACKET_FIELDS, PACKETS_EXPLAINED)):
        agree = differ = 0
        def read(path):
            theirs = rows(["tshark", "-r", path, *only, "-T", "fields", *prefs], fields)
            return path, theirs, rows([sys.argv[1], "read", *flag, path], fields)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as readers:
            for path, theirs, ours in readers.map(read, sys.argv[2:]):
                a, d, f = compare(path, theirs, ours, fields, explained)
                agree, differ, failed = agree + a, differ + d, failed or f
        print(f"{what}: {agree} values agree with tshark, {differ} differ")
        failed = failed or agree == 0
    return 1 if failed else 0

sys.exit(main())
