#!/usr/bin/env python3
"""Read and judge every mail of a folder, one after the other; print times, errors and peak memory as JSON.

reading.py CORPUS: each file that labels.csv names. Memory is that of this process and, apart from it, of the children
that read pictures and documents.
"""

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from scamcheck import ScamcheckError, check, load_model
from scamcheck.evaluation import read_labels
from scamcheck.limits import MAX_MAIL_SECONDS
from scamcheck.readers.child import shared


def main() -> None:
    """Run the measure."""
    corpus = Path(sys.argv[1])
    load_model()
    seconds, verdicts, errors, slowest = [], Counter(), Counter(), ("", 0.0)
    for name in read_labels(corpus)["file"]:
        started = time.perf_counter()
        try:
            verdicts[str(check((corpus / name).read_bytes(), filename=name).verdict)] += 1
        except ScamcheckError as error:
            errors[type(error).__name__] += 1
        took = time.perf_counter() - started
        seconds.append(took)
        slowest = max(slowest, (name, took), key=lambda pair: pair[1])
    shared.close()  # only of children that have ended does the system tell the peak
    kinds = {"parent": resource.RUSAGE_SELF, "child": resource.RUSAGE_CHILDREN}
    megabytes = {who: resource.getrusage(kind).ru_maxrss / 1024 for who, kind in kinds.items()}
    found = {
        "mails": len(seconds),
        "verdicts": dict(sorted(verdicts.items())),
        "typed_errors": dict(errors),
        "seconds": {f"p{share}": round(float(np.percentile(seconds, share)), 4) for share in (50, 95, 99, 100)},
        "slowest": slowest[0],
        "over_the_cap": sum(each > MAX_MAIL_SECONDS for each in seconds),
        "peak_mebibytes": {who: round(size, 1) for who, size in megabytes.items()},
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
