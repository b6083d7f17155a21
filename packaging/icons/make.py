"""Draws the icon in all the forms that systems want, from analytiq.svg: after a change of the drawing,

    python packaging/icons/make.py      (needs rsvg-convert, of Debian's librsvg2-bin)

Windows' and macOS' files hold PNGs as they are, behind a table of contents.
"""

import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ICO_SIZES = (16, 24, 32, 48, 64, 256)
ICNS_TYPES = {128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(size: int) -> bytes:
    command = ["rsvg-convert", "--width", str(size), "--height", str(size), str(HERE / "analytiq.svg")]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def ico(sizes: tuple[int, ...]) -> bytes:
    images = [png(size) for size in sizes]
    header = struct.pack("<HHH", 0, 1, len(images))
    offset = len(header) + 16 * len(images)
    entries = b""
    for size, image in zip(sizes, images, strict=True):
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return header + entries + b"".join(images)


def icns(types: dict[int, bytes]) -> bytes:
    images = [(kind, png(size)) for size, kind in types.items()]
    body = b"".join(kind + struct.pack(">I", len(image) + 8) + image for kind, image in images)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


if __name__ == "__main__":
    (ROOT / "appliance" / "desktop" / "icon.png").write_bytes(png(256))
    (HERE / "analytiq.ico").write_bytes(ico(ICO_SIZES))
    (HERE / "analytiq.icns").write_bytes(icns(ICNS_TYPES))
