# Every kind of statement.
from __future__ import annotations
from __future__ import (division, print_function as p)
import a
import a.b.c, d as e, f.g as h
from a import b
from a.b import c as d, e
from a import (b, c as d,)
from a import *
from . import a
from .. import a as b
from .a.b import c
from ...a import b
from . . . import a
x = 1
x = y = z = 1
x, y = 1, 2
x, *y = z
(x, y), [a, b] = c
x.a = x[0] = x[1:2] = 1
x: int
x: int = 1
x.y: List[int] = []
x[0]: "str" = f()
x: Callable[..., Tuple[int, ...]] = None
x: int | None = None
x = yield_ = 1
x += 1; x -= 1; x *= 1; x /= 1; x //= 1; x %= 1; x **= 1; x @= 1; x <<= 1; x >>= 1; x &= 1; x |= 1; x ^= 1
x += 1, 2
if a: pass
if a:
    b
elif c:
    d
elif e:
    f
else:
    g
for x in y: pass
for x, (y, z) in a, b:
    continue
else:
    pass
for x[0] in y:
    break
for x, in y:
    pass
while a:
    break
else:
    b
while True: x = 1; y = 2
assert a
assert a, "message"
del a
del a, b[0], c.d
del (a, b)
raise
raise a
raise a from b
global g
global g, h
with a: pass
with a as b, c as (d, e), f: pass
with (a as b, c,): pass
with (a, b): pass
with (a): pass
with open("x") as f, \
     open("y") as g:
    pass
try:
    a
except:
    b
try:
    a
except A:
    b
except (A, B) as c:
    d
else:
    e
finally:
    f
try:
    a
finally:
    b
try:
    a
except* A as b:
    c
pass; pass
