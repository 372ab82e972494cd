"""The trained encoder: word pieces in, what it says of each piece out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.pieces import Pieces, windows
from onrecord.reading.sessions import session

_CLS, _SEP = 101, 102

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


def _log_softmax(logits: Array) -> Array:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def encode(cut: Pieces) -> list[Window]:
    """Run the encoder over all windows of a text; each window's arrays cover its own pieces and the frame before."""
    found: list[Window] = []
    # One window at a time: on one thread a batch is no faster, and its shorter windows would be padded.
    for start, end in windows(cut):
        ids = np.array([[_CLS, *cut.ids[start:end], _SEP]], np.int64)
        features = np.array([[0, *cut.features[start:end], 0]], np.int64)
        inputs = {"ids": ids, "features": features, "mask": np.ones_like(ids)}
        roles, names, dependent, head = (rows[0, :-1] for rows in session("marker.onnx").run(None, inputs))
        found.append(Window(start, end, _log_softmax(roles), _log_softmax(names), dependent, head))
    return found
