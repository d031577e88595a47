"""Pictures of pages as small files: a page has few colours, so each dot need only say which."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass

from playwright.sync_api import Page

MOST_COLOURS = 64
NEAR = 150
"""How far, in squares of red, green and blue, the rarer half of the colours must be from all that are kept."""

FEW_COLOURS = """
async ([picture, most, near]) => {
  const read = await createImageBitmap(await (await fetch(picture)).blob());
  const sheet = new OffscreenCanvas(read.width, read.height).getContext("2d");
  sheet.drawImage(read, 0, 0);
  const dots = new Uint32Array(sheet.getImageData(0, 0, read.width, read.height).data.buffer);
  const often = new Map();
  for (const dot of dots) often.set(dot, (often.get(dot) || 0) + 1);
  const byNumber = [...often.keys()].sort((one, other) => often.get(other) - often.get(one) || one - other);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const apart = (one, other) => one.reduce((sum, part, index) => sum + (part - other[index]) ** 2, 0);
  const kept = [], table = [];
  for (const colour of byNumber) {
    if (kept.length === most) break;
    if (kept.length >= most / 2 && table.some((known) => apart(known, parts(colour)) < near)) continue;
    kept.push(colour);
    table.push(parts(colour));
  }
  const place = new Map(kept.map((colour, index) => [colour, index]));
  const nearest = (colour) => {
    let found = 0, least = Infinity;
    table.forEach((known, index) => {
      const distance = apart(known, parts(colour));
      if (distance < least) [found, least] = [index, distance];
    });
    return found;
  };
  for (const colour of often.keys()) if (!place.has(colour)) place.set(colour, nearest(colour));
  const indexes = new Uint8Array(dots.length);
  dots.forEach((dot, index) => { indexes[index] = place.get(dot); });
  let text = "";
  for (let start = 0; start < indexes.length; start += 32768)
    text += String.fromCharCode(...indexes.subarray(start, start + 32768));
  return { width: read.width, height: read.height, table: table.flat(), indexes: btoa(text) };
}
"""
"""Runs in the browser, which can read its own pictures: the colours met most often, and which of them each dot is."""


@dataclass(frozen=True)
class Indexed:
    """A picture whose dots name their colours by number."""

    width: int
    height: int
    table: bytes
    """Red, green and blue of each colour."""

    indexes: bytes
    """The colour of each dot, row by row."""


def small_png(picture: bytes, worker: Page) -> bytes:
    """The same picture in few colours; ``worker`` is an empty page that does the counting."""
    address = "data:image/png;base64," + base64.b64encode(picture).decode()
    found = worker.evaluate(FEW_COLOURS, [address, MOST_COLOURS, NEAR])
    indexes = base64.b64decode(found["indexes"])
    return _written(Indexed(found["width"], found["height"], bytes(found["table"]), indexes))


def _written(picture: Indexed) -> bytes:
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 3, 0, 0, 0)
    starts = range(0, len(picture.indexes), picture.width)
    rows = b"".join(b"\x00" + picture.indexes[start : start + picture.width] for start in starts)
    parts = ((b"IHDR", head), (b"PLTE", picture.table), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
