#!/usr/bin/env python3
"""Compares `httpscope read -e` with `tshark -T fields` on the sample captures.

usage: fields.py HTTPSCOPE CAPTURE...

Messages are lined up by the packet that completes them and by connection. Prints how many values agree, and fails
when a value differs in a capture that EXPLAINED does not name.
"""
import collections, os, subprocess, sys

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

def rows(cmd):
    out = subprocess.run(cmd, capture_output=True, text=True, errors="replace").stdout
    table = collections.defaultdict(list)
    for line in out.splitlines():
        cells = (line.split("\t") + [""] * len(FIELDS))[: len(FIELDS)]
        table[cells[0], cells[2]].append(cells)
    return table

def main():
    chosen = [x for f in FIELDS for x in ("-e", f)]
    prefs = ["-o", "tcp.try_heuristic_first:TRUE", "-o", "tcp.reassemble_out_of_order:TRUE"]
    agree = differ = 0
    failed = False
    for path in sys.argv[2:]:
        theirs = rows(["tshark", "-r", path, "-Y", "http", "-T", "fields", *prefs, *chosen])
        ours = rows([sys.argv[1], "read", *chosen, path])
        for key in theirs.keys() & ours.keys():
            if len(theirs[key]) != 1 or len(ours[key]) != 1:
                continue
            for name, a, b in zip(FIELDS, theirs[key][0], ours[key][0]):
                if a.strip() == b:
                    agree += 1
                    continue
                differ += 1
                if os.path.basename(path) not in EXPLAINED:
                    failed = True
                    print(f"{path} packet {key[0]} {name}: tshark {a!r}, httpscope {b!r}")
    print(f"fields: {agree} values agree with tshark, {differ} differ")
    return 1 if failed or agree == 0 else 0

sys.exit(main())
