#!/usr/bin/env python3
"""The register beside jq and DuckDB, in one run: tests/register_beside.py FREIGABE DIR

DIR is a data directory (`cargo run --release --example generate -- 10000 DIR`). The same sessions are written as one JSON
file each, as far as the register looks at them; all three then count lines by tool and light. Each figure is the best of three.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

PROGRAM, DIRECTORY = sys.argv[1], pathlib.Path(sys.argv[2])
QUERY = "SELECT tool, verdict_now, count(*) AS n FROM {} WHERE fault IS NULL GROUP BY ALL ORDER BY ALL"


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def best(work, rounds=3):
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def register(*more):
    return run(PROGRAM, "register", "--data-dir", str(DIRECTORY), "--format", "ndjson", *more)


def cold():
    (DIRECTORY / "register.index").unlink(missing_ok=True)
    register()


def main():
    import duckdb

    lines = register().splitlines()
    times = {"freigabe, index built": best(cold)}
    time.sleep(3)
    register()
    times["freigabe, warm"] = best(register)
    times["freigabe, all judged at another day"] = best(lambda: register("--as-of", "2020-09-01"))
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for n, line in enumerate(lines):
            # As long as a session: what the register does not look at stands there as text.
            record = json.loads(line)
            source = DIRECTORY / "sessions" / record["session"] / "session.ron"
            record["text"] = source.read_text() if source.is_file() else ""
            files.append(pathlib.Path(folder) / f"{n:06}.json")
            files[-1].write_text(json.dumps(record))
        names = "\n".join(map(str, files))

        def jq():
            group = "group_by([.tool, .verdict_now]) | map({tool: .[0].tool, verdict: .[0].verdict_now, n: length})"
            command = ["xargs", "jq", "-c", "{tool, verdict_now}"]
            rows = subprocess.run(command, input=names.encode(), check=True, capture_output=True).stdout
            subprocess.run(["jq", "-s", group], input=rows, check=True, capture_output=True)

        def duck():
            return duckdb.sql(QUERY.format(f"read_json('{folder}/*.json', format = 'unstructured')")).fetchall()

        times["jq over one JSON file each"] = best(jq, 1)
        times["DuckDB over one JSON file each"] = best(duck, 1)
        together = pathlib.Path(folder) / "register.ndjson"
        together.write_bytes(b"\n".join(lines) + b"\n")
        rows = duckdb.sql(QUERY.format(f"read_json('{together}', format = 'newline_delimited')")).fetchall()
        assert sum(row[2] for row in rows) == sum(json.loads(line)["fault"] is None for line in lines), rows
        owed = duckdb.sql(
            f"SELECT tool, state, count(*) AS n, sum(follow_ups) AS owed "
            f"FROM read_json('{together}', format = 'newline_delimited') "
            "WHERE fault IS NULL GROUP BY ALL ORDER BY owed DESC"
        ).fetchall()
        assert sum(row[3] for row in owed) == sum(json.loads(line)["follow_ups"] or 0 for line in lines)
    warm = times["freigabe, warm"]
    print(f"{len(lines)} sessions")
    for what, seconds in times.items():
        print(f"{seconds:8.3f} s  {seconds / warm:7.1f} x  {what}")


if __name__ == "__main__":
    main()
