"""Adds up the summaries of workers that each answered a part of the same profiles.

    python3 merge.py SUMMARY.json... > whole.json

Every number is a sum. What says whose rules answered (tool, data, as_of) must be the same in all.
"""

import json
import sys

SAME = ("format", "tool", "data", "as_of")


def merged(summaries):
    """The summary of all parts; the order of the parts changes nothing."""
    whole = None
    for part in summaries:
        if whole is not None:
            differing = [key for key in SAME if whole[key] != part[key]]
            if differing:
                raise SystemExit(f"the parts were not answered alike: {', '.join(differing)}")
        whole = part if whole is None else {
            key: part[key] if key in SAME else added(whole[key], part[key]) for key in part
        }
    return whole


def added(one, other):
    """Numbers are added, keys and the windows of a list put together."""
    if isinstance(one, dict):
        keys = sorted(one.keys() | other.keys())
        return {key: added(one[key], other[key]) if key in one and key in other
                else one.get(key, other.get(key)) for key in keys}
    if isinstance(one, list):
        return [added(a, b) for a, b in zip(one, other, strict=True)]
    if isinstance(one, str):
        if one != other:
            raise SystemExit(f"the parts were not asked about the same windows: {one}, {other}")
        return one
    return one + other


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    json.dump(merged(read(path) for path in sys.argv[1:]), sys.stdout, indent=2)
    print()
