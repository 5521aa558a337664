#!/bin/sh
# Starts the processes of processes.conf again, one after the other, so that nobody who reads or writes notices.
# It runs in their environment: DATA_DIR says where the supervisor listens.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

control() { "$here/../../.venv/bin/supervisorctl" --configuration "$here/processes.conf" "$@"; }

# On a busy machine it takes longer until a process listens than until the supervisor calls it running. Where one never
# does, the others stay as they are: they still answer.
wait_until_it_listens() {
  tries=600
  until [ -e "$DATA_DIR/listens-$1" ]; do
    [ "$tries" -gt 0 ] || { echo "Process $1 does not listen after a minute; the others are left as they are." >&2; exit 1; }
    sleep 0.1
    tries=$((tries - 1))
  done
}

# What a killed process left behind says nothing of a later one with its number.
for file in "$DATA_DIR"/listens-*; do
  [ -e "/proc/${file##*-}" ] || rm -f "$file"
done

processes=$(control status | cut -d ' ' -f 1)
for group in web sockets worker scheduler; do
  for process in $(echo "$processes" | grep "^$group"); do
    # It waits until the old one has finished what it began and the new one has run for its startsecs.
    control restart "$process"
    case "$group" in web | sockets) wait_until_it_listens "$(control pid "$process")" ;; esac
  done
done
