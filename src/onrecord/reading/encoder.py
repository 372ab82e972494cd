"""The trained encoder: word pieces in, what it says of each piece out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from onrecord.reading.pieces import Pieces, windows

_CLS, _SEP = 101, 102
#: Windows that go through the encoder together: bounds memory on long pages.
_BATCH = 16

Array = NDArray[np.float32]


@dataclass(slots=True)
class Window:
    """The encoder's word on pieces `start` to `end`: row 0 of each array is the frame's first piece, row i + 1 piece i.

    `roles` and `names` are log-probabilities of BIO labels; `dependent` and `head` are vectors whose products say
    which piece depends on which.
    """

    start: int
    end: int
    roles: Array
    names: Array
    dependent: Array
    head: Array


@lru_cache(maxsize=1)
def _session() -> Any:
    options = onnxruntime.SessionOptions()
    # One thread: pages are read in parallel by processes, and a page at a time costs least processor time so.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with as_file(files("onrecord") / "weights" / "marker.onnx") as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _log_softmax(logits: Array) -> Array:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def encode(cut: Pieces) -> list[Window]:
    """Run the encoder over all windows of a text; each window's arrays cover its own pieces and the frame before."""
    found: list[Window] = []
    spans = list(windows(len(cut)))
    for at in range(0, len(spans), _BATCH):
        part = spans[at : at + _BATCH]
        width = max(end - start for start, end in part) + 2
        ids = np.zeros((len(part), width), np.int64)
        features, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, (start, end) in enumerate(part):
            count = end - start
            ids[row, : count + 2] = [_CLS, *cut.ids[start:end], _SEP]
            features[row, 1 : count + 1] = cut.features[start:end]
            mask[row, : count + 2] = 1
        roles, names, dependent, head = _session().run(None, {"ids": ids, "features": features, "mask": mask})
        roles, names = _log_softmax(roles), _log_softmax(names)
        for row, (start, end) in enumerate(part):
            size = end - start + 1
            found.append(
                Window(start, end, roles[row, :size], names[row, :size], dependent[row, :size], head[row, :size])
            )
    return found
