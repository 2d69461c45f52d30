class A:
    def f(self): return 1
class B(A):
    def f(self): return super().f() + 1
v = B().f()
# ---
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
v = D().f()
# ---
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
v = [c.__name__ for c in D.__mro__]
# ---
class A: pass
class B(A): pass
class C(A, B): pass
v = C.__name__
# ---
class A:
    def __init__(self, *args, **kwargs):
        self.args = args
        self.kw = kwargs
class B(A):
    def __init__(self, a, *rest, k=3, **kw):
        super().__init__(a, *rest, k=k, **kw)
b = B(1, 2, 3, z=4)
v = (b.args, b.kw)
# ---
class A:
    def __init__(self): self.x = 1
class B(A):
    def __init__(self):
        super(B, self).__init__()
        self.y = self.x + 1
v = B().y
# ---
class A:
    @classmethod
    def make(cls, n): return cls(n)
    def __init__(self, n): self.n = n
class B(A):
    @classmethod
    def make(cls, n): return super().make(n * 2)
v = (type(B.make(3)).__name__, B.make(3).n)
# ---
class A:
    @staticmethod
    def f(x): return x + 1
    g = f
v = (A.f(1), A().f(2), A.g(3), A().g(4))
# ---
class A:
    def __init__(self): self._w = 2
    @property
    def w(self): return self._w
    @w.setter
    def w(self, value): self._w = value * 10
a = A()
before = a.w
a.w = 5
v = (before, a.w, a._w)
# ---
class A:
    def __init__(self): self._w = 2
    def get(self): return self._w
    def put(self, value): self._w = value + 1
    w = property(get, put)
a = A()
a.w = 5
v = a.w
# ---
class A:
    log = []
    @property
    def w(self): return 1
    @w.deleter
    def w(self): A.log.append('gone')
a = A()
del a.w
v = A.log
# ---
class A:
    @property
    def w(self): return 1
class B(A):
    @property
    def w(self): return super().w + 1
v = B().w
# ---
class A:
    @property
    def w(self): return self._w
    @w.setter
    def w(self, x): self._w = x
class B(A):
    @A.w.setter
    def w(self, x): self._w = x * 3
b = B()
b.w = 4
v = b.w
# ---
from functools import cached_property
class A:
    count = 0
    @cached_property
    def w(self):
        A.count += 1
        return 7
a = A()
x = a.w + a.w
v = (x, A.count)
# ---
from functools import cached_property
class A:
    @cached_property
    def w(self): return 7
a = A()
a.w = 9
v = (a.w, A().w)
# ---
class A:
    items = []
    def add(self, x): self.items.append(x)
a, b = A(), A()
a.add(1)
b.add(2)
v = (tuple(A.items), a.items is b.items)
# ---
class A:
    n = 0
    def bump(self): self.n += 1
a, b = A(), A()
a.bump()
a.bump()
b.bump()
v = (A.n, a.n, b.n)
# ---
class A:
    n = 0
    @classmethod
    def bump(cls): cls.n += 1
class B(A): pass
A.bump()
B.bump()
B.bump()
v = (A.n, B.n)
# ---
class A:
    def __call__(self, x, k=1): return x * k
a = A()
v = (a(3), a(3, k=4), callable(a), callable(A), callable(3))
# ---
class A:
    def __getattr__(self, name): return len(name)
a = A()
a.x = 100
v = (a.x, a.hello)
# ---
class A:
    def __getattr__(self, name):
        if name == 'width': return 64
        raise AttributeError(name)
a = A()
v = (a.width, hasattr(a, 'nope'), getattr(a, 'nope', 5), hasattr(a, 'width'))
# ---
class A:
    def __getattribute__(self, name):
        if name == 'secret': return 42
        return object.__getattribute__(self, name)
    def __init__(self): self.x = 1
a = A()
v = (a.secret, a.x)
# ---
class A:
    def __getattribute__(self, name):
        return 'got ' + name
a = A()
v = (a.foo, a.bar)
# ---
class A:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)
a = A()
a.x = 4
v = a.x
# ---
class A:
    def __setattr__(self, name, value):
        super().__setattr__('_' + name, value)
a = A()
a.x = 4
v = (a._x, hasattr(a, 'x'))
# ---
class A:
    def __setattr__(self, name, value):
        self.__dict__[name] = value + 1
a = A()
a.x = 4
v = a.x
# ---
class A:
    def __setattr__(self, name, value): pass
a = A()
a.x = 4
v = hasattr(a, 'x')
# ---
class A:
    def __delattr__(self, name):
        object.__setattr__(self, 'last', name)
a = A()
a.x = 4
del a.x
v = (a.x, a.last)
# ---
class A:
    def __init__(self, **kwargs): self.__dict__.update(kwargs)
a = A(x=1, y=2)
v = (a.x, a.y, sorted(vars(a)))
# ---
class A:
    def __init__(self, x): self.x = x
a = A(3)
a.__dict__['y'] = 5
v = (a.y, a.__dict__, vars(a) == {'x': 3, 'y': 5})
# ---
class A:
    def __init__(self, a, b=2):
        for k, val in locals().items():
            if k != 'self': setattr(self, k, val)
x = A(1)
v = (x.a, x.b)
# ---
class A:
    def __init__(self, x):
        self.x = x
        self.y = 2
v = {k: val * 2 for k, val in A(3).__dict__.items()}
# ---
class A: 'doc'
class B(A): pass
v = (A.__name__, A.__qualname__, A.__module__, A.__doc__, B.__doc__, B.__bases__ == (A,))
# ---
class A:
    class B:
        def f(self): return 5
v = (A.B().f(), A.B.__qualname__, A().B().f())
# ---
def make(n):
    class P:
        w = n
        def f(self): return n * self.w
    return P
v = (make(2)().f(), make(3)().f(), make(2) is make(2), make(1).__qualname__)
# ---
class A: pass
a = A()
v = (type(a) is A, type(a) == A, a.__class__ is A, type(a).__name__, type(A).__name__, type(3).__name__)
# ---
class A:
    def __init__(self, n): self.n = n
    def clone(self): return type(self)(self.n + 1)
    def copy(self): return self.__class__(self.n + 2)
class B(A): pass
b = B(1)
v = (b.clone().n, type(b.clone()).__name__, b.copy().n, type(b.copy()).__name__)
# ---
Base = type('Base', (), {'w': 3, 'f': lambda self: self.w * 2})
Sub = type('Sub', (Base,), {'w': 5})
v = (Sub().f(), Sub.__name__, issubclass(Sub, Base))
# ---
class A: pass
class B(A): pass
v = [isinstance(B(), A), isinstance(A(), B), isinstance(A(), (B, A)), issubclass(B, A), issubclass(A, (B, int)), isinstance(3, int | str), isinstance(B(), object), isinstance(A, type)]
# ---
class Meta(type):
    def __new__(mcs, name, bases, ns):
        ns['tag'] = name.lower()
        return super().__new__(mcs, name, bases, ns)
class A(metaclass=Meta): pass
v = A.tag
# ---
class Meta(type):
    registry = []
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        Meta.registry.append(name)
class A(metaclass=Meta): pass
class B(A): pass
v = tuple(Meta.registry)
# ---
class Meta(type):
    def __call__(cls, *a):
        return 7
class A(metaclass=Meta): pass
v = A()
# ---
class Meta(type):
    def __getitem__(cls, n): return n * 2
    def __len__(cls): return 4
class A(metaclass=Meta): pass
v = (A[3], len(A))
# ---
from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): ...
    def g(self): return self.f() + 1
class B(A):
    def f(self): return 4
v = B().g()
# ---
from abc import ABCMeta, abstractmethod
class A(metaclass=ABCMeta):
    @property
    @abstractmethod
    def w(self): ...
class B(A):
    @property
    def w(self): return 4
v = B().w
# ---
import abc
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
v = A()
# ---
class Plugin:
    known = {}
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Plugin.known[cls.__name__] = cls
class A(Plugin): w = 3
class B(Plugin): w = 4
v = {k: c.w for k, c in Plugin.known.items()}
# ---
class Plugin:
    def __init_subclass__(cls, /, scale=1, **kw):
        cls.scale = scale
class A(Plugin, scale=5): pass
class B(Plugin): pass
v = (A.scale, B.scale)
# ---
class A:
    def __new__(cls, n):
        self = super().__new__(cls)
        self.n = n
        return self
v = A(4).n
# ---
class A:
    def __new__(cls, n):
        self = object.__new__(cls)
        self.m = n * 2
        return self
    def __init__(self, n): self.n = n
a = A(4)
v = (a.n, a.m)
# ---
class A:
    def __new__(cls, n):
        return n + 1
    def __init__(self, n): 1 / 0
v = A(4)
# ---
class One:
    _it = None
    def __new__(cls):
        if cls._it is None:
            cls._it = super().__new__(cls)
            cls._it.n = 0
        return cls._it
    def __init__(self): self.n += 1
One(); One()
v = One().n
# ---
class A:
    def __class_getitem__(cls, n): return n + 1
v = A[4]
# ---
class A:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
a = A()
v = (a.x, hasattr(a, 'y'))
# ---
from typing import Generic, TypeVar
T = TypeVar('T')
class Box(Generic[T]):
    def __init__(self, x: T): self.x = x
class IntBox(Box[int]):
    def double(self): return self.x * 2
v = (IntBox(4).double(), Box[str](3).x)
# ---
from typing import Protocol, runtime_checkable
@runtime_checkable
class Has(Protocol):
    def f(self): ...
class A(Has):
    def f(self): return 3
v = A().f()
# ---
class D(dict):
    def __getattr__(self, k): return self[k]
    def __setattr__(self, k, val): self[k] = val
d = D(a=1)
d.b = 2
v = (d.a, d.b, d['b'], len(d))
# ---
class L(list):
    def total(self): return sum(self)
l = L([1, 2])
l.append(3)
v = (l.total(), len(l), l[0], [x for x in l])
# ---
class T(tuple):
    def __new__(cls, *xs): return super().__new__(cls, xs)
    def total(self): return sum(self)
t = T(1, 2, 3)
v = (t.total(), t[1], len(t))
# ---
class I(int):
    def double(self): return self * 2
v = (I(4).double(), I(3) + 1)
# ---
class S(str):
    def shout(self): return self.upper() + '!'
v = S('ab').shout()
# ---
from collections import OrderedDict
class O(OrderedDict):
    def first(self): return next(iter(self))
o = O()
o['z'] = 1
o['a'] = 2
v = (o.first(), list(o.values()))
# ---
class E(Exception):
    def __init__(self, n):
        super().__init__(f'bad {n}')
        self.n = n
try:
    raise E(4)
except E as e:
    v = (e.n, str(e))
# ---
class A:
    x = 1
    y = [x for _ in range(3)] if False else x + 1
    def f(self): return self.__class__.y
v = A().f()
# ---
x = 10
class A:
    x = 5
    def f(self): return x
    y = x
v = (A().f(), A.y)
# ---
class A:
    def f(self): return self.__g()
    def __g(self): return 3
class B(A):
    def __g(self): return 4
v = B().f()
# ---
class A:
    __x = 4
    def f(self): return (self.__x, hasattr(self, '_A__x'))
v = A().f()
# ---
class A:
    def f(self): return 1
a = A()
a.f = lambda: 2
v = (a.f(), A.f(a))
# ---
class A: pass
def g(self, k): return k + self.n
A.g = g
a = A()
a.n = 3
v = a.g(4)
# ---
class A:
    def f(self, x): return x + 1
f = A().f
v = (f(3), list(map(A().f, [1, 2])), f.__name__, f.__func__ is A.f)
# ---
class A:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return self.n == other.n
    def __hash__(self): return hash(self.n)
v = (A(1) == A(1), A(1) != A(1), A(1) == A(2), A(1) in [A(1)], len({A(1), A(1), A(2)}))
# ---
class A: pass
a, b = A(), A()
v = (a == a, a == b, a != b, a in [b, a], {a: 1, b: 2}[b])
# ---
class V:
    def __init__(self, *c): self.c = c
    def __add__(self, o): return V(*[a + b for a, b in zip(self.c, o.c)])
    def __mul__(self, k): return V(*[a * k for a in self.c])
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __repr__(self): return f'V{self.c}'
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
v = (repr(V(1, 2) + V(3, 4)), str(2 * V(1, 2)), (-V(1))[0], len(V(1, 2, 3)), list(V(7, 8)), f'{V(1)}', bool(V()))
# ---
class N:
    def __init__(self, n): self.n = n
    def __radd__(self, o): return o + self.n
    def __rsub__(self, o): return o - self.n
v = (3 + N(4), 10 - N(4), sum([N(1), N(2)]))
# ---
class N:
    def __init__(self, n): self.n = n
    def __iadd__(self, o):
        self.n += o
        return self
a = N(1)
b = a
a += 4
v = (b.n, a is b)
# ---
class N:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
a = [N(3), N(1), N(2)]
v = ([x.n for x in sorted(a)], min(a).n, max(a, key=lambda x: x.n).n, N(1) > N(0))
# ---
from functools import total_ordering
@total_ordering
class N:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
v = (N(1) <= N(1), N(2) > N(1), N(1) >= N(2))
# ---
class R:
    def __init__(self, n): self.n = n
    def __iter__(self): return iter(range(self.n))
    def __contains__(self, x): return x == 'yes'
    def __reversed__(self): return iter([9, 8])
v = (list(R(3)), [*R(2)], 'yes' in R(1), 0 in R(3), sum(R(4)), tuple(reversed(R(1))), max(R(5)))
# ---
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
v = (list(It(3)), sum(It(4)), next(It(9)))
# ---
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
v = (list(Seq()), 20 in Seq(), [x + 1 for x in Seq()])
# ---
class M:
    def __init__(self): self.d = {}
    def __setitem__(self, k, val): self.d[k] = val
    def __getitem__(self, k): return self.d[k]
    def __delitem__(self, k): del self.d[k]
    def __len__(self): return len(self.d)
m = M()
m['a'] = 1
m['b'] = 2
m['a'] += 5
del m['b']
v = (m['a'], len(m), bool(m))
# ---
class B:
    def __bool__(self): return False
v = (bool(B()), 1 if B() else 2, not B(), B() or 3)
# ---
class I:
    def __index__(self): return 2
    def __int__(self): return 7
    def __float__(self): return 1.5
v = ([1, 2, 3][I()], int(I()), float(I()), list(range(I())))
# ---
class F:
    def __format__(self, spec): return f'<{spec}>'
    def __str__(self): return 'S'
    def __repr__(self): return 'R'
v = (f'{F():>5}', f'{F()!r}', str(F()), '%s' % F(), repr([F()]), '{}'.format(F()))
# ---
class C:
    log = []
    def __enter__(self):
        C.log.append('in')
        return 5
    def __exit__(self, *a):
        C.log.append('out')
with C() as x:
    C.log.append(x)
v = tuple(C.log)
# ---
class Quiet:
    def __enter__(self): return self
    def __exit__(self, kind, value, tb): return kind is not None and issubclass(kind, ValueError)
v = 1
with Quiet():
    v = 2
    raise ValueError('x')
    v = 3
# ---
class A:
    def __init__(self): self.setup()
    def setup(self): self.w = 1
class B(A):
    def setup(self):
        super().setup()
        self.w += 10
v = B().w
# ---
class Mixin:
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.mixed = True
class Base:
    def __init__(self, n): self.n = n
class C(Mixin, Base): pass
c = C(3)
v = (c.n, c.mixed)
# ---
class A:
    def f(self): return 'A'
class B(A):
    def f(self): return 'B'
class C(B):
    def f(self): return super(B, self).f() + super().f()
v = C().f()
# ---
class Desc:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner): return self if obj is None else obj.__dict__.get(self.name, 0) + 100
    def __set__(self, obj, value): obj.__dict__[self.name] = value
class A:
    w = Desc()
a = A()
a.w = 5
v = (a.w, A.w.name)
# ---
class A:
    pass
a = A()
a.x = 1
del a.x
v = hasattr(a, 'x')
# ---
class A:
    x = 1
a = A()
a.x = 5
del a.x
v = a.x
# ---
class A:
    x: int = 3
    y: str
v = (list(A.__annotations__), A.x, hasattr(A, 'y'))
# ---
class A:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
v = ('y' if A(0) else 'n', 'y' if A(2) else 'n', len(A(5)), [] == A(0))
# ---
class Reg:
    def __init__(self): self.d = {}
    def register(self, name=None):
        def deco(cls):
            self.d[name or cls.__name__] = cls
            return cls
        return deco
    def build(self, name, **kw): return self.d[name](**kw)
R = Reg()
@R.register()
class A:
    def __init__(self, w=1): self.w = w
@R.register('bee')
class B:
    def __init__(self, w=2): self.w = w * 2
v = (R.build('A').w, R.build('bee', w=5).w, sorted(R.d))
# ---
class A:
    def __init__(self, x): self.x = x
    def __getstate__(self): return 1
objs = [A(i) for i in range(3)]
for o in objs: o.x += 1
v = [o.x for o in objs]
# ---
class A:
    a = b = 3
    c, d = 4, 5
    for i in range(3): pass
    if i == 2: e = 9
v = (A.a, A.b, A.c, A.d, A.i, A.e)
# ---
class Base:
    width = 3
    def __init__(self): self.total = self.width * self.depth
class Child(Base):
    depth = 4
    width = Base.width * 2
v = Child().total
# ---
class P:
    def __init__(self): self.kids = []
    def add(self, k):
        self.kids.append(k)
        return self
v = len(P().add(1).add(2).add(3).kids)
# ---
getter = getattr
class A: x = 3
v = (getter(A, 'x'), getattr(A(), 'y', 'none'), getattr(A, '__name__'))
# ---
class A:
    def __init__(self): self.x = 1
a = A()
setattr(a, 'x' + '2', 5)
for i in range(3): setattr(a, f'conv{i}', i * 10)
v = (a.x2, [getattr(a, f'conv{i}') for i in range(3)])
# ---
class A(object):
    def m(self): return 1
class B(A, object): pass
v = B().m()
# ---
v = 5
class A:
    global v
    v = 7
# ---
class A:
    def f(): return 3
v = A.f()
# ---
class A:
    def f(self): return __class__.__name__
class B(A): pass
v = B().f()
# ---
class Node:
    def __init__(self, val, *kids): self.val, self.kids = val, kids
    def total(self): return self.val + sum(k.total() for k in self.kids)
v = Node(1, Node(2), Node(3, Node(4))).total()
# ---
import operator
class A:
    def __init__(self): self.b = [1, 2]
v = (operator.attrgetter('b')(A()), operator.itemgetter(1)([5, 6]))
