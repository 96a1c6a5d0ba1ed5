#!/bin/bash
# Makes the sample captures of this folder again, from real programs.
#
#   make.sh              all of them
#   make.sh NAME...      only these (a NAME is a function make_NAME in src/*.sh)
#   make.sh --list       the names
#   make.sh --check      compare every capture with src/expect.tsv
#
# Run as root on Debian. Every capture is made in a network namespace of its
# own, so that it holds nothing else and no port is ever taken.
set -euo pipefail

PACKAGES=(tshark tcpdump chromium nginx-light telnet netcat-openbsd
          python3-flask curl iproute2 openssl libbrotli1 libzstd1)

here=$(cd "$(dirname "$0")" && pwd)
src=$here/src
py=/usr/bin/python3     # Debian's own: python3-flask belongs to it
source "$src/lib.sh"
for scenario in lab framing ranges state tls odd tcp demo; do
  source "$src/$scenario.sh"
done

names() { declare -F | sed -n 's/^declare -f make_//p'; }

install_missing() {
  local package missing=()
  for package in "${PACKAGES[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# Ends whatever still runs in our two namespaces - and nothing else - and
# removes them together with the scratch folder.
clean_up() {
  local space
  for space in "$ns" "$ns-peer"; do
    ip netns pids "$space" 2>/dev/null | xargs -r kill -9 2>/dev/null || true
    ip netns del "$space" 2>/dev/null || true
  done
  rm -rf "$tmp"
}

# explain: what the programs of a failed recipe said.
explain() {
  echo "failed at: $BASH_COMMAND" >&2
  tail -n 5 "$tmp"/*.log "$tmp"/*.out >&2 2>/dev/null || true
}

# build NAME: two fresh namespaces, the recipe inside the first, then the
# finished files move here. A failed recipe leaves the old files untouched.
build() {
  ns=pcaps-$$-$1
  tmp=$(mktemp -d)
  mkdir "$tmp/out"
  ip netns add "$ns"
  ip netns add "$ns-peer"
  ip -n "$ns" link set lo up
  echo "== $1"
  ip netns exec "$ns" "$here/make.sh" --inside "$1" "$tmp" "$ns-peer"
  chmod 644 "$tmp"/out/*
  mv "$tmp"/out/* "$here/"
  clean_up
}

main() {
  local name todo=("$@")
  [[ $(id -u) == 0 ]] || { echo "make.sh must run as root" >&2; exit 1; }
  install_missing
  (($#)) || mapfile -t todo < <(names)
  for name in "${todo[@]}"; do
    declare -F "make_$name" >/dev/null || { echo "no such capture: $name" >&2; exit 1; }
    build "$name"
  done
}

case ${1:-} in
  --list) names ;;
  --check) shift; exec "$py" "$src/check.py" "$here" "$@" ;;
  --inside) tmp=$3 peer=$4 out=$3/out; trap 'explain' ERR; set -E; "make_$2" ;;
  *) trap 'clean_up' EXIT; tmp=/nonexistent ns=pcaps-$$; main "$@" ;;
esac
