#!/bin/sh
# Answers a part of a cohort: the number of its first line, then its lines, on standard input.
#   worker.sh FAULTS PROGRAM batch [ARGUMENT...]
# FAULTS is a folder: who finds a fault there takes it away and suffers it, answering some lines
# before it is killed.
set -eu
faults=$1
shift
read -r first

if rmdir "$faults/worker" 2>/dev/null; then
    head -n 300 | "$@" --first-line "$first" 2>/dev/null
    kill -KILL $$
fi
if rmdir "$faults/python" 2>/dev/null; then
    head -n 300 | "$@" --first-line "$first" 2>/dev/null
    # The process of Spark that started this one.
    kill -KILL "$PPID"
    exit 1
fi
exec "$@" --first-line "$first"
