"""Makes serif.otf.z: the characters of GB 2312, Latin and punctuation of Noto Serif CJK SC Bold.

    pip install fonttools
    python subset.py NotoSerifCJK-Bold.ttc serif.otf.z

The font is that of Debian's package fonts-noto-cjk 20220127 (https://github.com/notofonts/noto-cjk), under the SIL Open Font
License (LICENSE-OFL beside this file). Outlines are put on a grid of 512 units, which is finer than the pixels of a card, and
without hints and layout tables: a third smaller.
"""

import io
import sys
import zlib

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection
from fontTools.ttLib.scaleUpem import scale_upem

SIMPLIFIED = 2  # the face of the collection


def characters():
    found = {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xA0, 0x180)}
    for row in [0xA1, 0xA3, *range(0xB0, 0xF8)]:
        for cell in range(0xA1, 0xFF):
            found |= set(bytes([row, cell]).decode("gb2312", "ignore"))
    return found | set("〇①②③④⑤⑥⑦⑧⑨⑩–—…‘’“”•·‧€℃№〈〉〔〕〖〗【】『』「」々〜￥")


options = Options()
options.layout_features = []
options.hinting = False
options.desubroutinize = True
options.drop_tables += ["GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
options.name_IDs = []
options.glyph_names = False
font = TTCollection(sys.argv[1]).fonts[SIMPLIFIED]
subsetter = Subsetter(options)
subsetter.populate(unicodes=[ord(c) for c in characters()])
subsetter.subset(font)
scale_upem(font, 512)
font.recalcTimestamp = False
made = io.BytesIO()
font.save(made)
open(sys.argv[2], "wb").write(zlib.compress(made.getvalue(), 9))
