# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Run by a Python that has scancode-toolkit: match files in-process and print seconds per file as JSON."""

import json
import sys
import time


def main(paths: list[str]) -> None:
    """Match every file once, the index being loaded before the clock starts."""
    from licensedcode.cache import get_index
    from scancode.api import get_licenses

    begin = time.perf_counter()
    get_index()
    loaded = time.perf_counter() - begin
    answers = {}
    begin = time.perf_counter()
    for path in paths:
        answers[path] = get_licenses(path)["detected_license_expression"]
    seconds = time.perf_counter() - begin
    print(json.dumps({"load": loaded, "seconds_per_file": seconds / len(paths), "answers": answers}))


if __name__ == "__main__":
    main(sys.argv[1:])
