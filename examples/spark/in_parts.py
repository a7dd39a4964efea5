"""Runs `impact` or `reconcile` of idp-group-sync over the partitions of a data set, and ends as one process would.

    python in_parts.py users.jsonl printed --max-share 2% -- impact --before old.json --after new.json --users -

What the parts print is saved in `printed`; whether it may be applied, the exit code says: 0 if it may, 3 if the brake holds it.
"""

import argparse
import os
import shlex
import subprocess
import sys

from pyspark.sql import SparkSession


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("users", help="JSON Lines, one user on each: a file, a folder or a pattern that Spark reads")
    parser.add_argument("printed", help="folder for what the parts print, which must not be there yet")
    parser.add_argument("--program", default="idp-group-sync", help="the program, as every executor finds it")
    parser.add_argument("--partitions", type=int, help="how many parts there are at least")
    for limit in ("--max-losers", "--max-share", "--allow-faults"):
        parser.add_argument(limit, help="as for `merge`")
    parser.add_argument("command", nargs="+", help="the command with its options, behind `--`; users come from `-`")
    options = parser.parse_args()

    context = SparkSession.builder.appName("idp-group-sync").getOrCreate().sparkContext
    users = context.textFile(options.users, options.partitions)
    # A part ends with 0 once it was read to its end; any other code fails the task, which Spark tries again. The environment of a
    # piped program is empty but for this.
    command = shlex.join([options.program, *options.command, "--part"])
    users.pipe(command, {"PATH": os.environ["PATH"]}, checkCode=True).saveAsTextFile(options.printed)

    summaries = context.textFile(options.printed).filter(lambda line: line.startswith('{"summary":')).collect()
    limits = [
        text
        for name in ("max_losers", "max_share", "allow_faults")
        if (value := getattr(options, name)) is not None
        for text in ("--" + name.replace("_", "-"), value)
    ]
    merge = [options.program, "merge", "-", "--parts", str(users.getNumPartitions()), *limits]
    return subprocess.run(merge, input="\n".join(summaries), text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
