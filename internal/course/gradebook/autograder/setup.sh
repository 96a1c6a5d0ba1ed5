#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image. Nothing is installed: the
# program is static.
set -eu
root=${AUTOGRADER_ROOT:-/autograder}
chmod 755 "$root/source/httpscope" "$root/source/run_autograder"
