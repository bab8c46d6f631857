"""Reads a JSON list of texts from standard input and writes, for each, the offsets at which a word of jieba begins (UTF-16)."""

import json
import logging
import sys

import jieba

jieba.setLogLevel(logging.ERROR)


def beginnings(text):
    at, found = 0, []
    for word in jieba.lcut(text):
        found.append(at)
        at += len(word.encode("utf-16-le")) // 2
    return found


json.dump([beginnings(text) for text in json.load(sys.stdin)], sys.stdout)
