"""How much of one thing is read, so that hostile input can't take all memory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is beyond these limits is reported as unreadable, and the rest is read.

    - `text`: the longest single text, in bytes; also the most that the releases of one process may have together.
    - `unpacked` and `ratio`: of a packed file, so many bytes are unpacked, and so many times what is read of it: enough
      for what people publish, which seldom packs to less than a hundredth.
    - `depth`: how deep objects and lists may be nested. OCDS needs about 10 levels; JSON can't be written again by
      `orjson` beyond 254, and a value must be able to stand inside others there.
    """

    text: int = 128 * 1024 * 1024
    unpacked: int = 128 * 1024 * 1024
    ratio: int = 200
    depth: int = 200
