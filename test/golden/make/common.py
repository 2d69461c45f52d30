"""Test patterns and the one-record-a-line JSON writer shared by the golden-value scripts."""

import json
import math
import os
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent


def input_pattern(count):
    """Element i of an input tensor in row-major order."""
    return [((i * 7 + 3) % 11) - 5 for i in range(count)]


def weight_pattern(count):
    """Element i of a weight tensor in row-major order."""
    return [((i * 5 + 2) % 7) - 3 for i in range(count)]


def bias_pattern(count):
    """Element c of a bias vector."""
    return [c % 5 - 2 for c in range(count)]


def iota(count):
    """1, 2, 3, ... as the published vectors write A(shape)."""
    return list(range(1, count + 1))


def repeats(shape, period):
    """Whether a pattern of this period gives two equal slices along some axis, which would hide index mistakes."""
    return any(size > 1 and math.prod(shape[axis + 1 :]) % period == 0 for axis, size in enumerate(shape))


def integers(values):
    """Python integers of exactly integral floating-point values; anything else is a mistake in the script."""
    exact = [int(v) for v in values]
    assert all(e == v for e, v in zip(exact, values)), 'a value is not an integer'
    return exact


def compact(value):
    return json.dumps(value, separators=(',', ':'), ensure_ascii=True)


def write(name, header, records):
    """Write {"header": {...}, "records": [...]} with one record a line."""
    ids = [r['id'] for r in records if 'id' in r]
    assert len(ids) == len(set(ids)), 'ids must be unique'
    lines = ',\n'.join(compact(r) for r in records)
    path = OUT / name
    path.write_text('{\n"header":%s,\n"records":[\n%s\n]\n}\n' % (compact(header), lines), encoding='utf-8')
    print(f'{name}: {len(records)} records, {path.stat().st_size} bytes')


def fix_set_order():
    """Start the script again with a fixed hash seed: some messages print a Python set, whose order is random."""
    if os.environ.get('PYTHONHASHSEED') != '0':
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, 'PYTHONHASHSEED': '0'})
