from dataclasses import dataclass
@dataclass
class C:
    a: int
    b: int = 2
v = (C(1).b, C(1, 5).b, C(b=3, a=4).a, repr(C(1)), C(1) == C(1), C(1) == C(2))
# ---
from dataclasses import dataclass, field
@dataclass
class C:
    xs: list = field(default_factory=list)
    n: int = field(default=4)
a, b = C(), C()
a.xs.append(1)
v = (a.xs, b.xs, a.n)
# ---
from dataclasses import dataclass
@dataclass
class C:
    a: int
v = C()
# ---
from dataclasses import dataclass
@dataclass
class C:
    a: int
    b: int = 2
v = C(1, 2, 3)
# ---
from dataclasses import dataclass
@dataclass
class C:
    a: int
    total: int = 0
    def __post_init__(self): self.total = self.a * 10
v = C(3).total
# ---
from dataclasses import dataclass, InitVar, field
@dataclass
class C:
    a: int
    k: InitVar[int] = 5
    total: int = field(init=False)
    def __post_init__(self, k): self.total = self.a * k
v = (C(3).total, C(3, k=2).total)
# ---
from dataclasses import dataclass, field
@dataclass
class C:
    a: int
    hidden: int = field(init=False, default=9)
    b: int = 3
v = (C(1, 2).b, C(1).hidden)
# ---
from dataclasses import dataclass
@dataclass
class A:
    x: int
    y: int = 2
@dataclass
class B(A):
    z: int = 3
    y: int = 20
b = B(1)
v = (b.x, b.y, b.z, repr(B(1, 5, 6)))
# ---
from dataclasses import dataclass
@dataclass(frozen=True)
class C:
    a: int = 1
    b: str = 'k'
v = ({C(): 3}[C()], hash(C()) == hash(C()), C() in {C(1, 'k')})
# ---
from dataclasses import dataclass
@dataclass(frozen=True)
class C:
    a: int = 1
try:
    C().a = 5
    v = 'set'
except AttributeError as e:
    v = str(e)
# ---
from dataclasses import dataclass, replace, asdict, astuple, fields
@dataclass
class P:
    x: int
    y: int = 2
@dataclass
class Q:
    p: P
    l: list
q = Q(P(1), [P(3)])
v = (replace(q.p, x=9).x, asdict(q), astuple(q), [f.name for f in fields(P)])
# ---
from dataclasses import dataclass
@dataclass(kw_only=True)
class C:
    a: int
    b: int = 2
v = C(a=1).b
# ---
from dataclasses import dataclass
@dataclass(kw_only=True)
class C:
    a: int
v = C(1)
# ---
from dataclasses import dataclass, field, KW_ONLY
@dataclass
class C:
    a: int
    _: KW_ONLY
    b: int = 2
    c: int
v = (C(1, c=3).c, C(1, b=4, c=3).b)
# ---
from dataclasses import dataclass
@dataclass(order=True)
class C:
    a: int
    b: int
v = (C(1, 2) < C(1, 3), C(2, 0) > C(1, 9), max(C(1, 2), C(3, 0)).a, [c.a for c in sorted([C(3, 0), C(1, 0)])])
# ---
from dataclasses import dataclass
from typing import ClassVar
@dataclass
class C:
    kind: ClassVar[str] = 'c'
    n: int = 3
v = (C(5).n, C.kind)
# ---
import dataclasses
@dataclasses.dataclass
class C:
    a: int = 1
    def area(self): return self.a ** 2
    @classmethod
    def of(cls, d): return cls(**{k: x for k, x in d.items() if k in {f.name for f in dataclasses.fields(cls)}})
v = C.of({'a': 4, 'z': 5}).area()
# ---
from dataclasses import dataclass, is_dataclass
@dataclass
class C:
    a: int = 1
v = (is_dataclass(C), is_dataclass(C()), is_dataclass(3))
# ---
from dataclasses import make_dataclass
C = make_dataclass('C', ['a', ('b', int, 5)])
v = (C(1).b, C(1, 2).b)
# ---
from dataclasses import dataclass
@dataclass(eq=False)
class C:
    a: int = 1
v = C() == C()
# ---
from dataclasses import dataclass
@dataclass
class C:
    a: int
    def __repr__(self): return 'mine'
    def __eq__(self, o): return True
v = (repr(C(1)), C(1) == C(2))
# ---
from dataclasses import dataclass
@dataclass(slots=True)
class C:
    a: int = 3
v = C().a
# ---
from dataclasses import dataclass
@dataclass
class C:
    a: int = 3
    def __init__(self): self.a = 8
v = C().a
# ---
from dataclasses import dataclass
@dataclass
class C:
    w: int
    def __call__(self, x): return x * self.w
v = C(3)(4)
# ---
from dataclasses import dataclass
@dataclass
class Base:
    n: int = 1
class Sub(Base):
    m = 5
    def __init__(self, n): super().__init__(n * 2)
v = (Sub(3).n, Sub(3) == Sub(3))
# ---
from typing import NamedTuple
class P(NamedTuple):
    x: int
    y: int = 5
p = P(1)
a, b = p
v = (p.x, p.y, p[1], a + b, len(p), p == (1, 5), p._asdict(), repr(p), isinstance(p, tuple))
# ---
from typing import NamedTuple
class P(NamedTuple):
    x: int
    y: int = 5
    @property
    def area(self): return self.x * self.y
    def scaled(self, k): return self._replace(x=self.x * k)
v = (P(2).area, P(2).scaled(3).area, P._fields, P(3) + (1,), P(y=1, x=2)[0])
# ---
from typing import NamedTuple
P = NamedTuple('P', [('x', int), ('y', int)])
v = (P(1, 2).y, P(*[3, 4]).x)
# ---
from collections import namedtuple
P = namedtuple('P', 'x y z')
p = P(1, 2, z=3)
v = (p.z, p[0], sum(p), p._replace(x=9).x, P._make([4, 5, 6]).y, P._fields, list(p._asdict().items()))
# ---
from collections import namedtuple
P = namedtuple('P', ['x', 'y'], defaults=[7])
v = (P(1).y, P(1) < P(2), [a * b for a, b in [P(1, 2), P(3)]], P(1) in [P(1, 7)], {P(1): 3}[(1, 7)])
# ---
from collections import namedtuple
P = namedtuple('P', 'x, y')
class Q(P):
    def total(self): return self.x + self.y
q = Q(1, 2)
v = (q.total(), q.x, type(q).__name__, tuple(q))
# ---
from collections import namedtuple
class Conv(namedtuple('Conv', ['kernel', 'stride', 'out'])):
    __slots__ = ()
    def __new__(cls, kernel, stride=1, out=None):
        return super().__new__(cls, kernel, stride, out or kernel * 2)
v = (Conv(3).out, Conv(3).stride, Conv(3, 2, 9)[2])
# ---
from collections import namedtuple
P = namedtuple('P', 'x y')
v = P(1)
# ---
from enum import Enum
class E(Enum):
    A = 1
    B = 2
v = (E.A.name, E.B.value, E(2).name, E['A'].value, [e.name for e in E], len(E), E.A is E.A, E.A == E.B, E.A in E)
# ---
from enum import Enum, auto
class E(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
v = [e.value for e in E]
# ---
from enum import Enum
class E(Enum):
    A = 1
    ALIAS = 1
    B = 2
v = (E.ALIAS is E.A, [e.name for e in E], list(E.__members__))
# ---
from enum import IntEnum
class E(IntEnum):
    A = 3
    B = 5
v = (E.A + 1, E.A < E.B, int(E.B), [0] * E.A, E.B == 5, max(E).value, list(range(E.A)))
# ---
from enum import Enum
class E(str, Enum):
    A = 'a'
    B = 'b'
v = (E.A == 'a', E('b').name, E.A.upper(), {'a': 1}[E.A])
# ---
from enum import StrEnum, auto
class E(StrEnum):
    RELU = auto()
    GELU = 'g'
v = (E.RELU.value, str(E.GELU), E.RELU == 'relu')
# ---
from enum import Enum
class E(Enum):
    SMALL = (3, 'x')
    BIG = (7, 'y')
    def __init__(self, width, tag):
        self.width = width
        self.tag = tag
    @property
    def double(self): return self.width * 2
    @classmethod
    def default(cls): return cls.SMALL
v = (E.BIG.width, E.SMALL.double, E.default().tag, E.BIG.value)
# ---
from enum import Enum
from dataclasses import dataclass
@dataclass
class Cfg:
    w: int
    d: int = 2
class W(Enum):
    A = Cfg(3)
    B = Cfg(4, d=5)
    DEFAULT = B
v = (W.A.value.w, W.B.value.d, W.DEFAULT is W.B, W.DEFAULT.name)
# ---
from enum import Enum
class E(Enum):
    A = 1
try:
    E(9)
    v = 'ok'
except ValueError as e:
    v = str(e)
# ---
from enum import Enum
class E(Enum):
    A = 1
try:
    E['Z']
    v = 'ok'
except KeyError:
    v = 'none'
# ---
from enum import Flag, auto
class F(Flag):
    R = auto()
    W = auto()
    X = auto()
v = (F.R.value, F.X.value, (F.R | F.W).value, bool(F.R & F.W), F.R in (F.R | F.X))
# ---
from enum import Enum
class Act(Enum):
    RELU = 'relu'
    def make(self): return {Act.RELU: 5}[self]
    def __str__(self): return self.value
v = (Act.RELU.make(), str(Act.RELU), f'{Act.RELU}', {Act.RELU: 1}[Act('relu')], repr(Act.RELU))
# ---
from enum import Enum
E = Enum('E', 'A B C')
v = (E.B.value, [e.name for e in E])
# ---
from enum import Enum
class E(Enum):
    A = 1
def pick(e):
    if e is E.A: return 10
    elif e == E.A: return 20
    return 30
v = (pick(E.A), pick(1), isinstance(E.A, E), type(E.A).__name__, hasattr(E, 'A'), hasattr(E, 'Z'))
# ---
from typing import TypedDict, Optional, Union, cast, Literal, TYPE_CHECKING, NewType, Final, Callable, Any
class T(TypedDict, total=False):
    a: int
    b: int
t = T(a=1)
t['b'] = 2
Uid = NewType('Uid', int)
X: Final = 3
if TYPE_CHECKING:
    X = 4
def f(x: Optional[int] = None, y: 'Union[int, str]' = 2, z: Callable[..., Any] = int) -> Literal['a']: return (x, y, z('3'))
v = (t, Uid(5), X, f(), cast(int, '4'), cast('List[int]', 7))
# ---
from typing import overload
@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x): return x * 2
v = (f(2), f('a'))
# ---
from typing import List, Dict, Tuple, get_type_hints
IntList = List[int]
def f(a: int | None = None, b: "list[int] | None" = None, c: Dict[str, Tuple[int, ...]] = {}): return (a, b, c)
v = f(3)
# ---
type Pair = tuple[int, int]
def first[T](xs: list[T]) -> T: return xs[0]
class Box[T]:
    def __init__(self, x: T): self.x = x
v = (first([4, 5]), Box(3).x)
# ---
from types import SimpleNamespace
n = SimpleNamespace(a=1, b=2)
n.c = n.a + n.b
v = (n.c, vars(n), n == SimpleNamespace(a=1, b=2, c=3))
