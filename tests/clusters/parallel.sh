#!/bin/sh
# Screens a cohort in parts on one machine, and holds what comes out against one run:
#   tests/clusters/parallel.sh target/release/jpo-check cohort.ndjson
# in three ways: `split --filter`, `xargs -P`, and GNU parallel where it is installed
# (Debian: apt-get install parallel). Each part is told the number of its first line, the day and
# the hash of the rules. Answers must be the same bytes, and summaries must add up.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
cohort=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"

batch="$program batch --as-of 2026-11-22 --threads 1"
$batch "$cohort" --summary whole.json >whole
hash=$(python3 -c 'import json; print(json.load(open("whole.json"))["data"]["version"])')
batch="$batch --expect-data $hash"
lines=$(wc -l <"$cohort")
size=$((lines / 7 + 1))
export batch size

# Parts are named 1, 2, 3 and so on.
part='first=$((($PART - 1) * size + 1)); $batch - --first-line $first --summary $PART.json'

compare() {
    ls [0-9]*.out | sort -n | xargs cat | cmp - "$folder/whole"
    python3 "$here/merge.py" [0-9]*.json | python3 -c '
import json, sys
sys.exit(json.load(sys.stdin) != json.load(open(sys.argv[1])))' "$folder/whole.json"
    echo "same: $1, $(ls [0-9]*.out | wc -l) parts, answers and summary"
}

mkdir "$folder/split" && cd "$folder/split"
split -l "$size" -a 4 --numeric-suffixes=1 \
    --filter='PART=$(expr "$FILE" + 0); '"$part"' >$PART.out' "$cohort" ''
compare 'split --filter'

mkdir "$folder/xargs" && cd "$folder/xargs"
split -l "$size" -a 4 --numeric-suffixes=1 "$cohort" ''
ls | xargs -P 2 -I {} env FILE={} sh -c 'PART=$(expr "$FILE" + 0); '"$part"' <$FILE >$PART.out'
compare 'xargs -P 2'

mkdir "$folder/parallel" && cd "$folder/parallel"
if command -v parallel >/dev/null; then
    parallel --jobs 2 --pipe -N "$size" "PART={#}; $part >\$PART.out" <"$cohort"
    compare 'GNU parallel'
else
    echo 'GNU parallel is not installed: left out'
fi
