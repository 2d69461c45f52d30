def f(a, b, /, c, *, d=4): return (a, b, c, d)
v = (f(1, 2, 3), f(1, 2, c=5, d=6))
# ---
def f(a, /, **kw): return (a, kw)
v = f(1, a=2, b=3)
# ---
def f(*args, k=1, **kw): return (args, k, kw)
v = f(1, *[2, 3], 4, **{'k': 5}, z=6)
# ---
def f(x, xs=[]):
    xs.append(x)
    return xs
f(1)
v = tuple(f(2))
# ---
n = 1
def f(x=n): return x
n = 2
v = f()
# ---
fs = [lambda: i for i in range(3)]
v = [g() for g in fs]
# ---
fs = [lambda i=i: i for i in range(3)]
v = [g() for g in fs]
# ---
fs = []
for i in range(3):
    def g(): return i * 10
    fs.append(g)
v = ([g() for g in fs], i)
# ---
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
a, b = counter(), counter()
a(); a(5)
v = (a(), b())
# ---
def outer():
    xs = []
    def add(x): xs.append(x)
    add(1); add(2)
    return xs
v = outer()
# ---
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
v = (fact(10), fib(12))
# ---
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
v = (even(10), odd(7))
# ---
def gen(n):
    for i in range(n):
        yield i * i
v = (list(gen(4)), sum(gen(5)), max(gen(3)), tuple(gen(2)), [x for x in gen(3) if x])
# ---
def inner(): yield 1; yield 2
def gen():
    yield 0
    yield from inner()
    yield from [3, 4]
    x = yield from inner()
    yield x
v = list(gen())
# ---
def gen():
    yield 1
    return 5
def outer():
    r = yield from gen()
    yield r
v = list(outer())
# ---
log = []
def gen():
    log.append('start')
    yield 1
    log.append('mid')
    yield 2
    log.append('end')
g = gen()
a = len(log)
b = next(g)
c = list(log)
d = list(g)
v = (a, b, c, d, tuple(log))
# ---
x = 1
def gen():
    global x
    x = 2
    yield 5
g = gen()
before = x
list(g)
v = (before, x)
# ---
total = 0
def gen():
    for i in range(3):
        yield total + i
out = []
for y in gen():
    out.append(y)
    total += 10
v = out
# ---
state = []
def gen():
    state.append('a')
    yield 1
    state.append('b')
    yield 2
    state.append('c')
for y in gen():
    state.append(y)
    if y == 2: break
v = state
# ---
def countup():
    n = 0
    while True:
        yield n
        n += 1
out = []
for x in countup():
    if x > 3: break
    out.append(x)
v = out
# ---
def countup():
    n = 0
    while True:
        yield n
        n += 1
g = countup()
v = [next(g), next(g), next(g)]
# ---
def countup():
    n = 10
    while True:
        yield n
        n += 1
v = list(zip('abc', countup()))
# ---
def gen():
    got = yield 1
    yield got
g = gen()
next(g)
v = g.send(7)
# ---
g = (x * 2 for x in range(3))
a = next(g)
v = (a, list(g), list(g))
# ---
ws = [1, 2]
g = (w * 10 for w in ws)
ws.append(3)
v = list(g)
# ---
k = 1
g = (k * x for x in [1, 2])
k = 5
v = list(g)
# ---
it = iter([1, 2, 3, 4])
v = (next(it), [x for x in it], next(it, 'end'))
# ---
it = iter([1, 2, 3, 4, 5])
out = []
for x in it:
    out.append((x, next(it, None)))
v = out
# ---
it = iter([1, 2, 3, 4])
v = list(zip(it, it))
# ---
z = zip([1, 2], [3, 4])
a = list(z)
v = (a, list(z))
# ---
m = map(lambda x: x + 1, [1, 2])
v = (list(m), list(m), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])))
# ---
e = enumerate(['a', 'b'])
next(e)
v = list(e)
# ---
xs = [1, 2, 3]
for x in xs:
    if x < 3: xs.append(x + 10)
    if len(xs) > 6: break
v = xs
# ---
d = {'a': 1}
ks = d.keys()
d['b'] = 2
v = (list(ks), len(ks), 'b' in ks)
# ---
def f(a, b): return a
v = f(1)
# ---
def f(a, b): return a
v = f(1, 2, 3)
# ---
def f(a, b): return a
v = f(1, c=2)
# ---
def f(a, b): return a
v = f(1, a=2)
# ---
class A:
    def __init__(self, n): self.n = n
v = A()
# ---
class A:
    def f(self, x): return x
v = A().f()
# ---
class A:
    def f(self, x): return x
v = A().f(1, 2)
# ---
class A: pass
v = A(3)
# ---
class Outer:
    class In:
        def __init__(self, n): pass
v = Outer.In()
# ---
def outer():
    def inner(x): return x
    return inner()
v = outer()
# ---
f = lambda x: x
v = f()
# ---
v = (lambda *a, **k: (a, k))(1, 2, x=3)
# ---
a, *b, c = range(5)
(d, e), f = (1, 2), 3
[*g, h] = 'xyz'
v = (a, b, c, d, e, f, g, h)
# ---
a = b = []
a.append(1)
v = b
# ---
x = [1, 2, 3]
x[0], x[1] = x[1], x[0]
i = 0
i, x[i] = 2, 9
v = x
# ---
if (n := 10) > 5 and (m := n * 2):
    v = (n, m, [y := 1, y + 1], [last := z for z in range(3)], last)
# ---
v = [1 < 2 < 3, 1 < 2 > 1, 3 > 2 > 2, 1 == 1 != 2, 1 in [1] == True]
# ---
log = []
def f(x):
    log.append(x)
    return x
r = f(1) < f(0) < f(9)
v = (r, tuple(log))
# ---
def f():
    try:
        return 'body'
    finally:
        log.append('fin')
log = []
v = (f(), tuple(log))
# ---
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
        finally:
            log.append(i)
log = []
f()
v = tuple(log)
# ---
def f():
    try:
        return 1
    finally:
        return 2
v = f()
# ---
d = {'x': 1}
try:
    v = d['y']
except KeyError:
    v = 'key'
# ---
d = {'x': 1}
try:
    v = d['y']
except ValueError:
    v = 'value'
except LookupError:
    v = 'lookup'
# ---
try:
    v = [1, 2][5]
except (ValueError, IndexError) as e:
    v = str(e)
# ---
try:
    v = int('x')
except ValueError as e:
    v = str(e)
# ---
try:
    v = 1 / 0
except ArithmeticError as e:
    v = (type(e).__name__, str(e))
# ---
try:
    v = undefined_name
except NameError as e:
    v = str(e)
# ---
class A: pass
try:
    v = A().foo
except AttributeError as e:
    v = str(e)
# ---
try:
    v = 'a' + 1
except TypeError as e:
    v = str(e)
# ---
try:
    a, b = 1, 2, 3
    v = 'ok'
except ValueError as e:
    v = str(e)
# ---
def f(a): return a
try:
    v = f()
except TypeError as e:
    v = str(e)
# ---
out = []
try:
    out.append(1)
    raise ValueError('bad')
    out.append(2)
except ValueError as e:
    out.append(str(e))
else:
    out.append('else')
finally:
    out.append('fin')
v = out
# ---
out = []
try:
    out.append(1)
except ValueError:
    out.append('no')
else:
    out.append('else')
finally:
    out.append('fin')
v = out
# ---
def f(x):
    if x < 0: raise ValueError(f'negative: {x}')
    return x
def g(x):
    try: return f(x)
    except ValueError as e: return str(e)
v = (g(3), g(-4))
# ---
class Mine(ValueError): pass
def f(): raise Mine('m')
try: f()
except KeyError: v = 1
except ValueError: v = 2
except Exception: v = 3
# ---
try:
    try: raise KeyError('a')
    except ValueError: v = 'inner'
except KeyError as e: v = ('outer', e.args)
# ---
try:
    try: raise KeyError('a')
    except KeyError: raise
except LookupError as e: v = repr(e)
# ---
try:
    try: raise KeyError('a')
    except KeyError as e: raise ValueError('b') from e
except ValueError as e: v = (str(e), type(e.__cause__).__name__)
# ---
def f():
    try: raise ValueError
    except: return 'bare'
v = f()
# ---
x = 0
try:
    x = 1
    {}['k']
    x = 2
except KeyError:
    x += 10
v = x
# ---
def check(n): assert n > 0, f'need positive, got {n}'
try: check(-1)
except AssertionError as e: v = str(e)
# ---
def f(n):
    if n % 2: raise ValueError(f'n must be even, got {n}')
    return n
v = f(3)
# ---
def f(n): assert n % 8 == 0, 'n must be divisible by 8'
v = f(3)
# ---
raise NotImplementedError
# ---
raise ValueError('a', 2)
# ---
assert 1 == 2
# ---
try: raise StopIteration(5)
except StopIteration as e: v = e.value
# ---
it = iter([])
try: v = next(it)
except StopIteration: v = 'done'
# ---
try:
    import definitely_missing_module_xyz
    v = 1
except ImportError:
    v = 2
# ---
def f():
    import math
    from collections import OrderedDict as OD
    return (math.floor(2.5), list(OD(a=1)))
v = f()
# ---
x = 5
def f():
    del g['a']
    return g
g = {'a': 1, 'b': 2}
del x
v = (f(), 'x' in globals())
# ---
xs = [1, 2, 3, 4]
del xs[0], xs[-1]
v = xs
# ---
xs = list(range(8))
del xs[1:3]
xs[0:2] = [9]
xs[::2] = [0] * len(xs[::2])
v = xs
# ---
from functools import wraps
def deco(fn):
    @wraps(fn)
    def wrapper(*a, **k): return fn(*a, **k) + 1
    return wrapper
@deco
def f(x):
    'doc'
    return x * 2
v = (f(3), f.__name__, f.__doc__, f.__wrapped__(3))
# ---
def times(n):
    def deco(fn):
        def wrapper(*a): return fn(*a) * n
        return wrapper
    return deco
@times(3)
@times(2)
def f(x): return x
v = (f(1), f.__name__)
# ---
from functools import lru_cache, cache
calls = []
@lru_cache(maxsize=None)
def f(n):
    calls.append(n)
    return n * 2
@cache
def g(n): return [n]
f(1); f(1); f(2)
v = (calls, g(1) is g(1))
# ---
from functools import partial
def f(a, b, c=3): return (a, b, c)
p = partial(f, 1, c=9)
q = partial(p, 2)
v = (p(2), q(), q(c=4), p.func is f, p.args, p.keywords)
# ---
from functools import partialmethod
class A:
    def f(self, a, b): return (a, b)
    g = partialmethod(f, 1)
v = A().g(2)
# ---
from functools import reduce
v = (reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 5))
# ---
from functools import singledispatch
@singledispatch
def f(x): return 'any'
@f.register
def _(x: int): return 'int'
@f.register(str)
def _(x): return 'str'
v = (f(1.5), f(1), f('a'))
# ---
from contextlib import contextmanager
W = 1
@contextmanager
def width(n):
    global W
    old = W
    W = n
    try:
        yield n * 2
    finally:
        W = old
with width(5) as x:
    a = (W, x)
v = (a, W)
# ---
from contextlib import contextmanager
@contextmanager
def quiet():
    try: yield
    except KeyError: log.append('caught')
log = []
with quiet():
    log.append(1)
    {}['x']
    log.append(2)
v = log
# ---
from contextlib import suppress, nullcontext
with suppress(KeyError):
    v = 1
    {}['x']
    v = 2
with nullcontext(4) as n: v += n
# ---
registry = {}
def register(fn):
    registry[fn.__name__] = fn
    return fn
@register
def small(w=1): return w
@register
def large(w=4): return w * 2
v = {k: fn() for k, fn in registry.items()}
# ---
import sys
__all__ = []
def register(fn):
    mod = sys.modules[fn.__module__]
    if hasattr(mod, '__all__'): mod.__all__.append(fn.__name__)
    else: mod.__all__ = [fn.__name__]
    return fn
@register
def f(): return 3
v = f()
# ---
def f(): return f.count
f.count = 4
v = (f(), f.__name__, f.__qualname__, f.__module__, f.__defaults__, hasattr(f, 'x'))
# ---
def f(a: int, b: 'str' = 'x') -> int: 'hello'
v = (list(f.__annotations__), f.__doc__, f.__defaults__, f.__code__.co_varnames[:2])
# ---
import inspect
def f(a, b=2, *c, d, **e): pass
v = list(inspect.signature(f).parameters)
# ---
def f(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'small'
        case [a, b]: return ('pair', a, b)
        case [a, *rest]: return ('many', a, rest)
        case {'k': k, **rest}: return ('map', k, rest)
        case str(): return 'str'
        case int(n) if n > 100: return ('big', n)
        case None: return 'none'
        case _: return 'other'
v = [f(0), f(2), f([1, 2]), f((1, 2, 3)), f({'k': 5, 'z': 6}), f('ab'), f(500), f(50), f(None), f({}), f([])]
# ---
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def f(p):
    match p:
        case P(0, y): return ('axis', y)
        case P(x=x, y=1): return ('one', x)
        case P(): return 'p'
        case _: return 'no'
v = [f(P(0, 3)), f(P(5, 1)), f(P(2, 2)), f(3)]
# ---
from dataclasses import dataclass
@dataclass
class C:
    k: int
    s: int = 1
def f(c):
    match c:
        case C(3, s): return ('three', s)
        case C(k=k): return k
v = (f(C(3, 2)), f(C(5)))
# ---
from enum import Enum
class E(Enum):
    A = 1
    B = 2
def f(e):
    match e:
        case E.A: return 'a'
        case E.B: return 'b'
        case x: return x
v = (f(E.A), f(E.B), f(7))
# ---
def f(x):
    match x:
        case (1, (2, [3, *y])) as whole: return (y, whole)
        case {'a': {'b': b}}: return b
        case -1 | 1.5: return 'num'
        case True: return 'true'
        case 'x' 'y': return 'xy'
        case [*_, last]: return last
v = [f((1, (2, [3, 4]))), f({'a': {'b': 7}}), f(-1), f(True), f('xy'), f([5, 6])]
# ---
match (1, 2, 3):
    case [x, y] if x > 0: v = 'a'
    case [x, _, z] if z > 5: v = 'b'
    case [_, y, _]: v = ('c', y)
# ---
def f(n):
    while n > 0:
        n -= 3
        if n == 4: break
    else: return ('else', n)
    return ('break', n)
v = (f(10), f(9))
# ---
def f(xs):
    for x in xs:
        if x == 2: break
    else: return 'none'
    return x
v = (f([1, 2, 3]), f([1]), f([]))
# ---
def f():
    x = 1
    def g():
        x = 2
        def h():
            nonlocal x
            x = 3
        h()
        return x
    return (g(), x)
v = f()
# ---
def f(n, acc=()): return acc if n == 0 else f(n - 1, acc + (n,))
v = f(4)
# ---
compose = lambda *fs: lambda x: [x := g(x) for g in fs][-1]
v = compose(lambda a: a + 1, lambda a: a * 2)(3)
# ---
def apply(f, *args, **kw): return f(*args, **kw)
class A:
    def __init__(self, a, b=0): self.t = a + b
v = (apply(A, 1, b=2).t, apply(max, 3, 4), apply(dict, a=1), apply(int, '7'))
# ---
ops = {'add': lambda a, b: a + b, 'cls': list, 'neg': (-5).__abs__}
v = (ops['add'](1, 2), ops['cls']('ab'), ops['neg']())
# ---
def f(**kw):
    kw.setdefault('k', 3)
    p = kw.pop('p', None)
    return (kw, p)
d = {'p': 5}
v = (f(**d), d)
# ---
def f(*args):
    a, b = args if len(args) == 2 else (args[0], None)
    return (a, b)
v = (f(1), f(1, 2))
# ---
def f(a, *, b): return (a, b)
v = f(1, 2)
# ---
def f(x, y=None):
    y = y or x
    x, y = y, x
    return x, y
v = (f(1), f(1, 2), f(3, 0))
# ---
v = [i for i in range(10) if i % 2 if i > 3] + [(x, y) for x in 'ab' for y in range(2)]
# ---
v = {k: [i for i in range(n)] for k, n in {'a': 1, 'b': 2}.items() if n}
# ---
x = 5
r = [x for x in range(3)]
v = (x, r)
# ---
async def f(): return 3
v = f.__name__
# ---
def f():
    return
    yield
v = list(f())
# ---
def walk(t):
    if isinstance(t, list):
        for s in t: yield from walk(s)
    else: yield t
v = list(walk([1, [2, [3, 4]], 5]))
# ---
def pairs(xs):
    prev = None
    for x in xs:
        if prev is not None: yield prev, x
        prev = x
v = [(a, b) for a, b in pairs([3, 64, 128])]
# ---
def f(x: int, *, k: int = 3) -> int:
    """Doc."""
    global made
    made = k
    return x
f(1)
v = made
# ---
def f(n): return f(n + 1)
try:
    f(0)
    v = 'done'
except RecursionError:
    v = 'deep'
# ---
i = 0
while True:
    i += 1
    if i == 7: break
v = i
# ---
a = 1; b = 2
a, b = b, a + b
a, b = b, a + b
v = (a, b)
# ---
s = 0
for i in range(10):
    if i == 3: continue
    if i == 6: break
    s += i
v = s
# ---
def g(kind):
    if kind == 'a':
        def h(): return 1
    else:
        def h(): return 2
    return h
v = (g('a')(), g('b')())
# ---
x = None
def f(a=None, b=...):
    return (a is None, b is ..., x is not None)
v = f()
# ---
v = [*range(2), *'ab', *{'k': 1}], {**{'a': 1}, 'b': 2, **{'a': 3}}, (*[1], 2)
# ---
def f(xs): xs += [4]
def g(xs): xs = xs + [5]
a = [1]
f(a); g(a)
t = (1,)
u = t
t += (2,)
v = (a, t, u)
# ---
grid = [[0] * 2] * 2
grid[0][1] = 5
v = grid
# ---
d = {}
d[1] = 'int'; d[1.0] = 'float'; d[True] = 'bool'
v = (d, len(d))
# ---
def f(a, b=[], *c, d={}, **e):
    b.append(a); d[a] = 1
    return (b, d)
f(1)
v = tuple(f(2))
# ---
class Ctx:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append(('in', self.n)); return self
    def __exit__(self, *a): log.append(('out', self.n)); return False
log = []
def f():
    with Ctx(1) as a, Ctx(2) as b:
        return a.n + b.n
v = (f(), tuple(log))
# ---
def f(x):
    if x: return 1
v = (f(1), f(0))
# ---
from itertools import count, islice
v = list(islice((x * x for x in count(1)), 3))
