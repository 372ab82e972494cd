"""How the weights are run: each file of them in one session of onnxruntime a process."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import onnxruntime


@lru_cache(maxsize=8)
def session(name: str) -> Any:
    """The session of a file of weights, by its path within `weights/`."""
    options = onnxruntime.SessionOptions()
    # One thread: pages are read in parallel by processes, and a page at a time costs least processor time so.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with as_file(files("onrecord") / "weights" / name) as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
