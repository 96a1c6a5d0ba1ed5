#!/usr/bin/env python3
"""Runs the corpus comparison and fails when a message differs that docs/differences.md does not list.

usage: corpus.py COMPARE_PY
"""
import json, os, re, subprocess, sys, tempfile

def listed(path):
    """The captures that docs/differences.md explains, each in a heading of its own."""
    return set(re.findall(r"^### (\S+)", open(path, encoding="utf-8").read(), re.M))

def main():
    with tempfile.TemporaryDirectory() as tmp:
        report = os.path.join(tmp, "report.json")
        p = subprocess.run([sys.executable, sys.argv[1], "--bin", os.path.abspath("bin/httpscope"), "--json", report])
        if p.returncode == 2:
            return 2
        files = json.load(open(report))
    differ = {f["file"] for f in files if f["problems"]}
    known = listed("docs/differences.md")
    for name in sorted(differ - known):
        print(f"{name} differs and docs/differences.md does not say why")
    for name in sorted(known - differ & {f["file"] for f in files}):
        if name in {f["file"] for f in files}:
            print(f"{name} is listed in docs/differences.md and does not differ")
    return 1 if differ != known & {f["file"] for f in files} else 0

sys.exit(main())
