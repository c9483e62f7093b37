"""Screens a cohort on Apache Spark, and holds what comes out against one run on one machine.

    python3 -m venv venv && venv/bin/pip install pyspark==4.1.4    (and Java 17 or 21)
    cargo bench --bench batch -- --write cohort.ndjson 100000
    venv/bin/python tests/clusters/spark.py target/release/jpo-check cohort.ndjson

The profiles lie in a folder of parts. Each worker is the program itself (`RDD.pipe`), told the
number of its first line, the day and the hash of the rules. On the way one worker is killed, and
once the Python process of Spark that started it: Spark gives their parts to others. The answers
must be the same bytes as those of the single run, and the summaries must add up to its summary.
"""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

from py4j.protocol import Py4JJavaError
from pyspark import SparkConf, SparkContext

from merge import merged, read

AS_OF = "2026-11-22"
PARTS = 8
WORKER = pathlib.Path(__file__).with_name("worker.sh")


def main(program, cohort):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        batch = [str(pathlib.Path(program).resolve()), "batch", "--as-of", AS_OF]
        whole = alone(batch, cohort, folder / "whole")
        pieces = parts(pathlib.Path(cohort), folder / "profiles")
        batch += ["--threads", "1", "--expect-data", whole["data"]["version"]]
        # Two tasks at a time, each tried up to four times.
        conf = SparkConf().setMaster("local[2,4]").setAppName("jpo-check")
        conf.set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
        with SparkContext(conf=conf) as spark:
            spark.setLogLevel("OFF")
            lines = numbered(spark, pieces)
            failed = screen(spark, lines, batch, folder)
            summary = summed(lines, batch, folder)
            refused = refuses_other_rules(lines, batch, folder)
        return all([
            same("answers", answers(folder / "answers"), (folder / "whole").read_bytes()),
            same("summary", summary, whole),
            same("workers killed, their parts answered by others", failed, 2),
            same("workers with other rules refused", refused, True),
        ])


def alone(batch, cohort, answers):
    """One run on this machine; returns its summary."""
    summary = answers.with_suffix(".json")
    with open(answers, "wb") as file:
        subprocess.run([*batch, cohort, "--threads", "1", "--summary", summary], stdout=file,
                       check=True)
    return read(summary)


def parts(cohort, folder):
    """The lines in a folder of parts, as other jobs leave them."""
    folder.mkdir()
    lines = cohort.read_bytes().splitlines(keepends=True)
    size = -(-len(lines) // PARTS)
    for number, start in enumerate(range(0, len(lines), size)):
        part = folder / f"part-{number:05}.ndjson"
        part.write_bytes(b"".join(lines[start:start + size]))
    return sorted(folder.iterdir())


def numbered(spark, pieces):
    """The lines of each part behind the number of its first line."""
    lines = spark.textFile(",".join(map(str, pieces)), minPartitions=1)
    counts = lines.mapPartitions(lambda part: [sum(1 for _ in part)]).collect()
    first = [1 + sum(counts[:number]) for number in range(len(counts))]

    def with_number(number, part):
        yield str(first[number])
        yield from part

    return lines.mapPartitionsWithIndex(with_number)


def screen(spark, lines, batch, folder):
    """Answers all parts; returns how many times a worker failed."""
    for fault in ("worker", "python"):
        (folder / "faults" / fault).mkdir(parents=True)
    spark.setJobGroup("screen", "answers, with faults")
    piped(lines, batch, folder).saveAsTextFile(str(folder / "answers"))
    tracker = spark.statusTracker()
    jobs = map(tracker.getJobInfo, tracker.getJobIdsForGroup("screen"))
    stages = [tracker.getStageInfo(stage) for job in jobs for stage in job.stageIds]
    return sum(stage.numFailedTasks for stage in stages)


def summed(lines, batch, folder):
    """The summaries of all parts in one.

    They come through Spark as answers do: a file beside them could be the half summary of a
    worker whose part was given to another.
    """
    summaries = piped(lines, [*batch, "--detail", "summary"], folder)
    return merged(map(json.loads, summaries.collect()))


def refuses_other_rules(lines, batch, folder):
    """Whether a job fails if its workers have other rules than those that are asked for."""
    try:
        piped(lines, [*batch[:-1], "0" * len(batch[-1])], folder).count()
    except Py4JJavaError as error:
        return "PIPE_FUNCTION_EXITED" in str(error) and "error code 2" in str(error)
    return False


def piped(lines, batch, folder):
    """The answers of a worker for each part; one that ends with an error fails its task."""
    command = shlex.join([str(WORKER), str(folder / "faults"), *batch])
    return lines.pipe(command, env=dict(os.environ), checkCode=True)


def answers(folder):
    """What Spark has written, in the order of its parts."""
    return b"".join(part.read_bytes() for part in sorted(folder.glob("part-*")))


def same(what, found, expected):
    """Says whether both are the same."""
    holds = found == expected
    size = f"{len(found)} bytes" if isinstance(found, bytes) else ""
    print(f"{'same' if holds else 'DIFFERENT'}: {what} {size}".rstrip())
    return holds


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: spark.py PROGRAM COHORT.ndjson")
    sys.exit(0 if main(*sys.argv[1:]) else 1)
