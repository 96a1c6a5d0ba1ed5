"""Compare the captures with src/expect.tsv: check.py FOLDER [FILE...]

Asks tshark for one line per packet and checks, per file: the number of TCP
connections; that each begins with SYN and SYN+ACK and ends with FINs or RST;
that nothing is missing; and that a display filter selects as many packets as
expected. Files made imperfect on purpose carry a word in the last column.
"""
import os
import subprocess
import sys

FIELDS = ["tcp.stream", "tcp.flags.syn", "tcp.flags.ack", "tcp.flags.fin",
          "tcp.flags.reset", "tcp.analysis.lost_segment", "http.request.method",
          "http.response.code"]


def tshark(path, *args):
    command = ["tshark", "-n", "-r", path, *args]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=True, text=True).stdout.splitlines()


def load(folder):
    """expect.tsv: file, connections, filter, packets, remark."""
    table = {}
    with open(os.path.join(folder, "src", "expect.tsv")) as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, *rest = line.rstrip("\n").split("\t")
                table[name] = (rest + [""] * 4)[:4]
    return table


class Connection:
    def __init__(self):
        self.syn = self.synack = self.reset = False
        self.fins = 0

    def add(self, syn, ack, fin, reset):
        self.syn |= syn and not ack
        self.synack |= syn and ack
        self.reset |= reset
        self.fins += fin

    def whole(self):
        refused = self.reset and not self.synack
        return self.syn and (refused or self.synack and (self.reset or self.fins >= 2))


def survey(path):
    """Connections by number, packets, lost segments, requests, responses."""
    rows = [line.split("\t") for line in tshark(
        path, "-T", "fields", *(arg for field in FIELDS for arg in ("-e", field)))]
    streams, lost, requests, responses = {}, 0, 0, 0
    for stream, *flags, gap, method, code in rows:
        if stream:
            connection = streams.setdefault(stream, Connection())
            connection.add(*(flag in ("1", "True") for flag in flags))
        lost += bool(gap)
        requests += len(method.split(",")) if method else 0
        responses += len(code.split(",")) if code else 0
    return streams, len(rows), lost, requests, responses


def check(path, connections, wanted, count, remark):
    streams, packets, lost, requests, responses = survey(path)
    faults = []
    if connections not in ("-", str(len(streams))):
        faults.append(f"{len(streams)} connections, not {connections}")
    if remark != "imperfect":
        faults += [f"connection {number} is not whole"
                   for number, one in streams.items() if not one.whole()]
        faults += ["segments are missing"] if lost else []
    if wanted:
        found = len(tshark(path, "-Y", wanted))
        if found != int(count):
            faults.append(f"{found} packets match {wanted}, not {count}")
    return faults, f"{packets} packets, {len(streams)} conn, {requests} req, {responses} resp"


def main():
    folder, *names = sys.argv[1:]
    table, bad = load(folder), 0
    present = {name for name in os.listdir(folder) if name.endswith((".pcap", ".pcapng"))}
    for name in names or sorted(present | set(table)):
        if name not in table or name not in present:
            faults, summary = ["no file" if name in table else "not in expect.tsv"], ""
        else:
            faults, summary = check(os.path.join(folder, name), *table[name])
        bad += bool(faults)
        print(f"{'FAIL' if faults else 'ok':5}{name:34}{summary}", *faults, sep="  ")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
