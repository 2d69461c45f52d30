/** Texts that are made to break an analysis, and what Python makes of the numbers in them. */

/** A text; the module is imported as `torch` and `nn` before it. */
export interface HostileText {
  readonly name: string;
  readonly text: string;
  /** Input channels of calls by what they are assigned to; `undefined` where Python never comes to them. */
  readonly about?: Readonly<Record<string, number | undefined>>;
}

/** `size` lines that follow from their number. */
function lines(size: number, line: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => `${line(index)}\n`).join('');
}

/** A block in a block in a block, each opened by `open`. */
function nested(depth: number, open: (level: number) => string, innermost: string): string {
  return `${lines(depth, (level) => ' '.repeat(level) + open(level))}${' '.repeat(depth)}${innermost}\n`;
}

const channels = (size: string): string => `a = nn.Conv2d(${size}, 8, 3)\n`;

const LOOPS: readonly HostileText[] = [
  {
    name: 'a loop without end',
    text: `x = 0\nwhile True:\n    x += 1\n${channels('x')}`,
    about: { a: undefined },
  },
  {
    name: 'a loop without end that builds layers',
    text: 'x = []\nwhile True:\n    x.append(nn.Conv2d(3, len(x) + 1, 3))\n',
  },
  {
    name: 'a loop over a range of 10^12',
    text: `t = 0\nfor i in range(10**12):\n    t += 1\n${channels('t')}`,
    about: { a: 10 ** 12 },
  },
  {
    name: 'a list of a range of 10^12',
    text: `x = list(range(10**12))\n${channels('len(x)')}`,
    about: { a: 10 ** 12 },
  },
  { name: 'the sum of a range of 10^12', text: channels('sum(range(10**12))'), about: { a: undefined } },
  {
    name: 'a comprehension over a range of 10^12',
    text: `x = [i for i in range(10**12)]\n${channels('len(x)')}`,
    about: { a: 10 ** 12 },
  },
  {
    name: 'everything that takes an iterable, with 10^9 items',
    text: `x = sorted(range(10**9))
y = set(range(10**9))
z = list(zip(range(10**9), range(10**9)))
v = dict(enumerate(range(10**9)))
first, *rest = range(10**9)
${channels('len(rest)')}`,
    about: { a: 10 ** 9 - 1 },
  },
  {
    name: '10^9 arguments',
    text: `def f(*values):\n    return len(values)\n${channels('f(*range(10**9))')}`,
    about: { a: 10 ** 9 },
  },
  {
    name: 'nineteen loops of ten rounds in one another',
    text: `n = 0\n${nested(19, (level) => `for i${level} in range(10):`, 'n += 1')}${channels('n')}`,
    about: { a: undefined },
  },
  {
    name: 'nineteen loops of unknown length in one another',
    text: `n = 0\n${nested(19, (level) => `while u[${level}]:`, 'n += 1')}${channels('n')}`,
    about: { a: undefined },
  },
  {
    name: 'a comprehension with twelve loops',
    text: `x = [0 ${Array.from({ length: 12 }, (_, i) => `for i${i} in range(10)`).join(' ')}]\n${channels('len(x)')}`,
    about: { a: 10 ** 12 },
  },
  {
    name: 'thirty comprehensions in one another',
    text: `x = ${'['.repeat(30)}0${Array.from({ length: 30 }, (_, i) => ` for i${i} in range(9)]`).join('')}\n`,
  },
  {
    name: 'generators and iterators without end',
    text: `import itertools
def count():
    n = 0
    while True:
        yield n
        n += 1
def all_of():
    return list(count()), list(itertools.count()), list(itertools.cycle([1])), list(itertools.repeat(1))
`,
  },
];

const RECURSION: readonly HostileText[] = [
  {
    name: 'recursion without a base',
    text: `def f(n):\n    return f(n + 1)\n${channels('f(0)')}`,
    about: { a: undefined },
  },
  {
    name: 'recursion without a base that builds layers',
    text: 'def f(n):\n    return nn.Sequential(nn.Conv2d(n, n, 3), f(n + 1))\nx = f(1)\n',
  },
  {
    name: 'two functions that call each other',
    text: `def f(n):\n    return g(n) + 1\ndef g(n):\n    return f(n) + 1\n${channels('f(0)')}`,
    about: { a: undefined },
  },
  {
    name: 'calls that double thirty times',
    text: `${lines(30, (i) => `def f${i}():\n    return ${i === 0 ? '1' : `f${i - 1}() + f${i - 1}()`}`)}x = f29()\n${channels('x')}`,
    about: { a: 2 ** 29 },
  },
  {
    name: 'a chain of closures',
    text: `f = lambda: 1
for i in range(3000):
    f = (lambda g: lambda: g() + 1)(f)
${channels('f()')}`,
    about: { a: undefined },
  },
  {
    name: 'two thousand decorators',
    text: `def d(f):\n    return lambda *a, **k: f(*a, **k)\n${'@d\n'.repeat(2000)}def h():\n    return 3\n${channels('h()')}`,
    about: { a: undefined },
  },
  {
    name: 'an attribute that looks for another one',
    text: `class A:\n    def __getattr__(self, name):\n        return getattr(self, name + 'x')\n${channels('A().b')}`,
    about: { a: undefined },
  },
  {
    name: 'a property that asks itself, an attribute that sets itself',
    text: `class A:
    @property
    def p(self):
        return self.p
    def __setattr__(self, name, value):
        self.x = value
def set():
    A().b = 3
${channels('A().p')}`,
    about: { a: undefined },
  },
  {
    name: 'a module that makes and applies itself',
    text: `class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = A()
        self.c = nn.Conv2d(3, 3, 3)
    def forward(self, x):
        return self(self.c(x))
A()(torch.zeros(1, 3, 9, 9))
`,
  },
];

const SIZES: readonly HostileText[] = [
  {
    name: 'a list doubled forty times',
    text: `x = [1]\nfor _ in range(40):\n    x = x + x\n${channels('len(x)')}`,
    about: { a: 2 ** 40 },
  },
  {
    name: 'a list doubled in place forty times',
    text: `x = [1]\nfor _ in range(40):\n    x.extend(x)\n${channels('len(x)')}`,
    about: { a: 2 ** 40 },
  },
  {
    name: 'lists in lists that share their parts',
    text: `x = [1]\nfor _ in range(40):\n    x = [x, x]\ny = str(x)\n${channels('len(y)')}`,
    about: { a: undefined },
  },
  {
    name: 'tuples in tuples that share their parts',
    text: `x = y = (1,)
for _ in range(60):
    x = (x, x)
    y = (y, y)
d = {}
if x == y:
    n = 4
else:
    n = 5
z = x if u else y
def use():
    d[x] = hash(x)
${channels('n')}`,
    about: { a: 4 },
  },
  {
    name: 'a string of 10^9 characters',
    text: `s = 'a' * 10**9\n${channels('len(s)')}`,
    about: { a: 10 ** 9 },
  },
  {
    name: 'a string doubled by formats',
    text: `x = 'a' * 1000\nfor _ in range(60):\n    x = f"{x}{x}"\n${channels('len(x)')}`,
    about: { a: undefined },
  },
  {
    name: 'texts made wide and long by methods',
    text: `s = 'a'.zfill(10**9)
t = f'{1:>1000000000}' + '%1000000000d' % 3 + '{:1000000000}'.format(3)
r = ('a' * 10**5).replace('a', 'b' * 10**5)
j = ('a' * 10**5).join(['b'] * 10**5)
${channels('len(s)')}`,
    about: { a: 10 ** 9 },
  },
  { name: 'a list of 10^9 items', text: `x = [0] * 10**9\n${channels('len(x)')}`, about: { a: 10 ** 9 } },
  {
    name: 'a number of many digits',
    text: `x = 10 ** 10 ** 10\ny = 2 << 10**9\n${channels('x')}`,
    about: { a: undefined },
  },
  {
    name: 'a number squared thirty times',
    text: `x = 9\nfor _ in range(30):\n    x = x * x\n${channels('x % 7')}`,
    about: { a: 4 },
  },
  {
    name: 'dictionaries merged three thousand times',
    text: `d = {}\nfor i in range(3000):\n    d = {**d, str(i): i}\n${channels('len(d)')}`,
    about: { a: 3000 },
  },
  {
    name: 'dictionaries in dictionaries, merged by recursion',
    text: `d = {'a': 1}
for i in range(3000):
    d = {'a': d, 'b': d}
def merge(a, b):
    return {k: merge(v, b[k]) if isinstance(v, dict) else v for k, v in a.items()}
def use():
    return merge(d, d)
use()
`,
  },
  {
    name: 'twenty thousand lists in one another, shown, compared and copied',
    text: `import copy
x = []
for i in range(20000):
    x = [x]
y = [str(x), x == [x], copy.deepcopy(x)]
`,
  },
  {
    name: 'containers that hold themselves',
    text: `import copy
x = [1]
x.append(x)
d = {}
d['d'] = d
def use():
    return x == x, str(x), repr(d), copy.deepcopy(x)
use()
m = nn.Sequential(nn.Conv2d(3, 3, 3))
m.x = m
for each in m.modules():
    pass
${channels('len(x)')}`,
    about: { a: 2 },
  },
  {
    name: 'a module nested five thousand times',
    text: `m = nn.Conv2d(3, 3, 3)\nfor i in range(5000):\n    m = nn.Sequential(m)\n`,
  },
  {
    name: 'a module doubled forty times and applied',
    text: `m = nn.Conv2d(3, 3, 3)
for i in range(40):
    m = nn.Sequential(m, m)
y = m(torch.zeros(1, 3, 9, 9))
for each in m.modules():
    pass
`,
  },
  {
    name: 'tensors of 10^9 numbers',
    text: `def use():\n    return torch.arange(10**9).tolist(), torch.linspace(0, 1, 10**9).tolist()\nx = use()\n`,
  },
];

const SYNTAX: readonly HostileText[] = [
  { name: 'ten thousand brackets', text: `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n` },
  { name: 'ten thousand brackets that are not closed', text: `x = ${'['.repeat(10_000)}\n\n` },
  { name: 'ten thousand signs', text: `x = ${'-'.repeat(10_000)}1\n` },
  { name: 'ten thousand negations', text: `x = ${'not '.repeat(10_000)}1\n` },
  {
    name: 'a sum of ten thousand',
    text: `x = ${'1 + '.repeat(9_999)}1\n${channels('x')}`,
    about: { a: 10_000 },
  },
  { name: 'a chain of ten thousand attributes', text: `x = nn${'.a'.repeat(10_000)}\n` },
  { name: 'ten thousand calls of results', text: `x = nn.Sequential${'()'.repeat(10_000)}\n` },
  {
    name: 'three thousand calls in one another',
    text: `def f(x):\n    return x\nx = ${'f('.repeat(3000)}5${')'.repeat(3000)}\n${channels('x')}`,
    about: { a: 5 },
  },
  { name: 'three thousand lambdas in one another', text: `f = ${'lambda: '.repeat(3000)}1\n` },
  {
    name: 'a chain of two thousand conditional expressions',
    text: `x = ${Array.from({ length: 2000 }, (_, i) => `${i} if u${i} else `).join('')}0\n${channels('x')}`,
    about: { a: undefined },
  },
  {
    name: 'a text with twenty thousand parts',
    text: `p = 1\nx = f"${'{p}'.repeat(20_000)}"\n${channels('len(x)')}`,
    about: { a: 20_000 },
  },
  {
    name: 'five thousand arms',
    text: `if u:\n    x = 1\n${lines(5000, (i) => `elif v == ${i}:\n    x = ${i}`)}${channels('x')}`,
    about: { a: undefined },
  },
  {
    name: 'three thousand cases',
    text: `match u:\n${lines(3000, (i) => `    case ${i}:\n        x = ${i}`)}${channels('x')}`,
    about: { a: undefined },
  },
  { name: 'ninety conditions in one another', text: nested(90, (level) => `if u${level}:`, 'x = 1') },
  {
    name: 'sixty functions in one another',
    text: nested(60, (level) => `def f${level}():`, 'return nn.Conv2d(3, 4, 3)'),
  },
  {
    name: 'sixty classes in one another',
    text: nested(60, (level) => `class C${level}:`, 'x = nn.Conv2d(3, 4, 3)'),
  },
  {
    name: 'ten thousand lines',
    text: lines(10_000, (i) => `x${i} = ${i}`) + channels('x9999'),
    about: { a: 9999 },
  },
  {
    name: 'carriage returns and a byte order mark',
    text: `\uFEFFx = 5\r\n${channels('5')}\r\n`,
    about: { a: 5 },
  },
  {
    name: 'letters of other alphabets',
    text: `变量 = 5
class Größe(nn.Module):
    def __init__(self, naïve=3):
        super().__init__()
        self.façade = nn.Conv2d(naïve, 4, 3)
g = Größe()
${channels('变量')}`,
    about: { a: 5 },
  },
];

const BRANCHES: readonly HostileText[] = [
  {
    name: 'thirty unknown conditions that assign lists',
    text: `x = [0]\n${lines(30, (i) => `if u[${i}]:\n    x = x + [${i}]\nelse:\n    x = [x]`)}${channels('len(x)')}`,
    about: { a: undefined },
  },
  {
    name: 'thirty unknown conditions that may return',
    text: `def f(u):\n    x = 0\n${lines(30, (i) => `    if u[${i}]:\n        x += ${i}\n        if u > ${i}:\n            return x`)}    return x\n${channels('f(q)')}`,
    about: { a: undefined },
  },
  {
    name: 'thirty functions that ask and call the next one twice',
    text: `${lines(30, (i) => `def f${i}(u):\n    if u:\n        return ${i === 0 ? '1' : `f${i - 1}(u)`}\n    return ${i === 0 ? '2' : `f${i - 1}(u) + 1`}`)}x = f29(q)\n${channels('x')}`,
    about: { a: undefined },
  },
  {
    name: 'forty imports that may fail',
    text: `${lines(40, (i) => `try:\n    from module${i} import n\nexcept ImportError:\n    n = ${i}`)}${channels('n')}`,
    about: { a: undefined },
  },
  {
    name: 'thirty attempts in one another',
    text: `${nested(30, () => 'try:', 'x = g()')}${lines(30, (i) => `${' '.repeat(29 - i)}except Exception:\n${' '.repeat(30 - i)}x = 2`)}${channels('x')}`,
    about: { a: undefined },
  },
];

const CLASSES: readonly HostileText[] = [
  {
    name: 'a class that inherits from itself',
    text: `class A(A):
    pass
class B(nn.Module):
    pass
class B(B):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 4, 3)
b = B()
`,
  },
  {
    name: 'classes that inherit from each other',
    text: `class A(B):
    pass
class B(A):
    def __init__(self):
        super().__init__()
A.__bases__ = (B,)
x = A()
y = x.nothing, isinstance(x, B)
`,
  },
  {
    name: 'a chain of three hundred classes',
    text: `class C0(nn.Module):\n    n = 6\n${lines(300, (i) => `class C${i + 1}(C${i}):\n    pass`)}x = C300()\n${channels('x.n')}`,
    about: { a: 6 },
  },
  {
    name: 'forty diamonds of classes',
    text: `class C0:\n    n = 6\n${lines(40, (i) => `class A${i}(C${i}): pass\nclass B${i}(C${i}): pass\nclass C${i + 1}(A${i}, B${i}): pass`)}x = C40()\n${channels('x.n')}`,
    about: { a: 6 },
  },
  {
    name: 'a layer replaced by something else',
    text: `class X:
    def __init__(self, *a):
        pass
kept = nn.Conv2d
nn.Conv2d = X
x = nn.Conv2d(3, 4, 3)
nn.Conv2d = kept
`,
  },
  {
    name: 'code that runs code',
    text: `x = 4
exec("x = 5")
${channels('x')}from torch import nn
b = nn.Conv2d(eval("3"), 8, 3)
from torch import nn
`,
    about: { b: 3 },
  },
  {
    name: 'names that hide builtins',
    text: `len = lambda x: 7\nrange = 3\nint = str\n${channels('len([])')}del len, range, int\n`,
    about: { a: 7 },
  },
  {
    name: 'data of the module changed behind its back',
    text: `import sys
q = 3
globals()['q'] = 4
sys.modules[__name__].q = 5
sys.setrecursionlimit(10**9)
${channels('q')}`,
    about: { a: undefined },
  },
  {
    name: 'regular expressions that take for ever',
    text: `import re
x = re.match('(a+)+$', 'a' * 60 + 'b')
y = re.sub('(x+x+)+y', '', 'x' * 100)
${channels('len(y)')}`,
    about: { a: 100 },
  },
];

export const HOSTILE: readonly HostileText[] = [
  ...LOOPS,
  ...RECURSION,
  ...SIZES,
  ...SYNTAX,
  ...BRANCHES,
  ...CLASSES,
];
