"""How the work of a deed grows with what it is given."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TRIES = 5


def grows_evenly(deed: Callable[[str], object], once: str, twice: str, *, times: float, noise: float) -> bool:
    """Whether twice the text costs at most so many times the processor's seconds, leaving some for noise.

    What grows faster does so at every try; a machine that paused for something else does not.
    """
    return any(_seconds(deed, twice) < times * _seconds(deed, once) + noise for _ in range(TRIES))


def _seconds(deed: Callable[[str], object], text: str) -> float:
    with _nothing_swept():
        began = time.process_time()
        deed(text)
        return time.process_time() - began


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """Sweeping what the whole run left behind would be counted for this deed."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
