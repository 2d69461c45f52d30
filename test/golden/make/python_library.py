"""What CPython makes of expressions over its builtins, methods, formats and standard library: values as their repr."""

import platform
import re
import warnings

import common
from python_semantics import outcome

MODULES = 'argparse bisect collections copy functools heapq itertools json math operator os.path re statistics string types typing'.split()
NAMES = {
    'collections': 'Counter OrderedDict defaultdict deque',
    'itertools': 'accumulate chain combinations count cycle groupby islice permutations product repeat',
    'types': 'SimpleNamespace',
}


def imports(text):
    """The import statements that the names in a text need."""
    words = set(re.findall(r'[A-Za-z_]+', text))
    modules = [f'import {name}' for name in MODULES if name.split('.')[0] in words]
    names = [f'from {module} import {name}' for module, all in NAMES.items() for name in all.split() if name in words]
    return '; '.join(modules + names)


# One expression a line; `;` in front of the last one separates statements that come before it.
TEXTS = r"""
abs(-7)
abs(-0.0)
abs(True)
all([])
all([1, 'a', (0,)])
all(x > 1 for x in (2, 3))
any(x > 5 for x in [1, 2])
bin(10)
bin(-5)
oct(64)
hex(255)
hex(-255)
bool('False')
bool(0.0)
bool(())
callable(len)
callable(3)
callable(lambda: 0)
chr(97)
ord('é')
divmod(17, 5)
divmod(-17, 5)
divmod(17, -5)
divmod(7.5, 2)
divmod(-7.5, 2)
list(enumerate('ab'))
list(enumerate('ab', start=3))
list(filter(None, [0, 1, '', 'a', [], [0]]))
list(filter(lambda x: x % 2, range(7)))
float('  1.5e3 ')
float('-inf')
float('1_0.5')
float('.5')
float('5.')
float('1e')
float('abc')
format(3.14159, '.2f')
format(255, '#x')
format('a', '>3')
frozenset([1])
frozenset([1, 2]) == {1, 2}
len(frozenset('hello'))
getattr('abc', 'upper')()
getattr(3, 'nothing', 'd')
hasattr([], 'append')
hasattr([], 'push')
int('ff', 16)
int('0xff', 16)
int('0b101', 2)
int('0o17', 0)
int('0x1f', 0)
int('12', 0)
int('z', 36)
int('-7')
int(' +7\n')
int('7.5')
int('')
int('1__0')
int('12', 2)
int(-2.7)
int(1e15)
int(float('nan'))
isinstance(True, int)
isinstance(1, bool)
isinstance(1.0, (int, float))
isinstance('a', str)
isinstance({}, dict)
isinstance([], (tuple, set))
isinstance(frozenset(), set)
isinstance(None, type(None))
isinstance(3, object)
isinstance(range(3), range)
issubclass(bool, object)
it = iter([1, 2, 3]); (next(it), next(it), list(it), next(it, 'end'))
next(iter([]), None)
next(iter([]))
next(iter('xy'))
len('héllo')
len({1: 2, 3: 4})
len(range(0, 100, 7))
len(5)
list('abc')
list(map(lambda a, b: a * b, [1, 2, 3], [4, 5]))
list(map(max, [1, 5], [3, 2], [2, 9]))
list(map(str, (1, 2.0, None)))
max([3, 1, 2], key=lambda x: -x)
max('apple', 'fig', key=len)
min([], default=7)
max({'a': 1, 'b': 3}.items(), key=lambda kv: kv[1])
max({'a': 1, 'b': 3}, key={'a': 1, 'b': 3}.get)
max(1, 1.0)
min((3, 'x'), (3, 'a'))
max(2, 'a')
max([1, 2], [1, 3], [0, 9])
min({5, 3, 9})
pow(2, 10, 1000)
pow(2, -1)
pow(7, 2, -5)
pow(3, 0, 1)
pow(2, 5, 0)
pow(base=2, exp=3)
range(5)[-1]
range(10)[2:8:3]
range(10)[::-1]
list(range(10)[8:2:-2])
range(0, 10, 3)[1]
range(3)[5]
5 in range(0, 10, 5)
7.0 in range(10)
range(3) == range(0, 3, 1)
range(0) == range(5, 5)
len(range(10 ** 12))
(10 ** 12 - 1) in range(10 ** 12)
range(10 ** 12)[10 ** 6]
repr('a\nb')
repr("it's")
repr('both \' and "')
repr([1, 'a', None, 2.5, (1,), {}])
repr('tab\t')
repr('\x01')
list(reversed(range(4)))
list(reversed('abc'))
list(reversed({'a': 1, 'b': 2}))
list(reversed((1, 2)))
round(2.5), round(3.5), round(-0.5), round(-1.5)
round(2.567, 2)
round(1234567, -3)
round(1250, -2)
round(1350, -2)
round(15, -1)
round(25, -1)
round(2.5, 0)
round(0.15, 1)
round(0.25, 1)
round(0.35, 1)
round(1e20, 2)
round(5, 2)
round(True)
round(number=2.7)
round(float('inf'))
sorted('hello')
sorted([3, 1, 2], key=lambda x: -x)
sorted(['b', 'A', 'c'], key=str.lower)
sorted([('a', 3), ('b', 1), ('c', 3)], key=lambda t: t[1], reverse=True)
sorted({3, 1, 2})
sorted({'b': 1, 'a': 2})
sorted([1, 'a'])
sorted([[2, 1], [1, 5], [1, 4]])
sorted([True, 0, 2])
sorted([0.5, 1, 0])
str(12.0)
str(1e-5)
str(1e16)
str(123456789.123)
str(0.1 + 0.2)
str([1.0, 'a', None])
str({'a': [1, 2]})
str((1,))
str(range(3))
str({1})
str(set())
str(list(range(30)))
len(str(list(range(100))))
sum([1, 2.5, True])
sum([[1], [2]], [])
sum((1, 2), start=10)
sum({1, 2, 3})
sum([0.1] * 10)
sum(['a', 'b'])
tuple('ab')
tuple({'a': 1})
type(True) is int
type(3) is int
type([]) == list
type('a').__name__
type(3.0).__name__
type({}).__name__
list(zip('ab', range(5), [True, False, None]))
list(zip())
dict(zip(['a', 'b'], [1, 2]))
list(zip([1, 2], [3, 4], strict=True))
list(zip([1, 2], [3], strict=True))
list(zip(*[(1, 2), (3, 4)]))
a, *b = range(4); (a, b)
*a, b = 'xyz'; (a, b)
(a, b), c = [(1, 2), 3]; [a, b, c]
a, b = 1, 2; a, b = b, a; (a, b)
a, b = [1, 2, 3]
7 // 2, -7 // 2, 7 // -2, -7 // -2
7 % 3, -7 % 3, 7 % -3, -7 % -3
7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2
1e300 * 1e10
0.1 * 3
-0.0
0.0 == -0.0
5 / 2, 4 / 2, -1 / 3
2 ** 10, 2 ** -2, 2.0 ** 0.5, (-2) ** 3
2 ** 0.5 * 64
10 ** 0.5
1.1 ** 10
3 ** 0.333
0 ** 0
0.0 ** -1
5 & 3, 5 | 3, 5 ^ 3, ~5, 5 << 2, 5 >> 1, -5 >> 1
True & False
True | False
True ^ True
1 << 62
1 << 70
-1 << 3
-1 >> 100
1 << -1
6 & -2
1 < 2 < 3 < 4
1 == 1.0 == True
float('nan') == float('nan')
[1, 2] == [1.0, 2.0]
(1, 2) < (1, 3)
[1, 2] < [1, 2, 0]
'a' < 'b'
'Z' < 'a'
'abc' < 'abd' <= 'abd'
None == 0
'' is None
1 != '1'
not []
[] == ()
{1, 2} == {2, 1}
{1: 'a'} == {1.0: 'a'}
{'a': 1, 'b': 2} == {'b': 2, 'a': 1}
{1, 2} < {1, 2, 3}
{1, 2} <= {1, 2}
{1, 2} > {3}
{1, 2}.isdisjoint({3})
'layer1.conv'.split('.')
'a,b,,c'.split(',')
'a,b,c,d'.split(',', 2)
'a,b,c,d'.rsplit(',', 2)
'  a  b c '.split()
'  a  b c '.split(None, 1)
'  a  b c '.rsplit(None, 1)
'a b'.split(sep=' ', maxsplit=1)
''.split()
''.split(',')
'abc'.split('')
'key=value=x'.partition('=')
'key=value=x'.rpartition('=')
'key'.partition('=')
'key'.rpartition('=')
'-'.join('abc')
', '.join(str(i) for i in range(4))
'-'.join([])
'-'.join([1])
'aXbXc'.replace('X', '-')
'aXbXc'.replace('X', '-', 1)
'abc'.replace('', '-')
'aaa'.replace('aa', 'b')
'xxabcxx'.strip('x')
'xxabcxx'.lstrip('x')
'xxabcxx'.rstrip('x')
'abcba'.strip('ab')
'\t a \n'.strip()
'conv1_weight'.removesuffix('_weight')
'module.conv'.removeprefix('module.')
'abc'.removeprefix('x')
'conv1'.startswith(('bn', 'conv'))
'conv1'.startswith('v1', 3)
'conv1'.startswith('on', 1, 3)
'conv1'.endswith('1')
'conv1'.endswith(('2', 'v1'))
'conv1'.endswith('v', 0, 4)
'abc'.startswith('')
'abc'.startswith('', 5)
'hello'.find('l')
'hello'.find('l', 3)
'hello'.find('l', 0, 2)
'hello'.rfind('l')
'hello'.index('z')
'hello'.rindex('l')
'hello'.find('')
'hello'.count('l')
'hello'.count('')
'hello'.count('l', 3)
'aaaa'.count('aa')
'abc'.zfill(6)
'-12'.zfill(6)
'ab'.ljust(5, '.')
'ab'.rjust(5, '.')
'ab'.center(5, '.')
'abc'.center(6, '.')
'abc'.center(2)
'123'.isdigit()
'12a'.isdigit()
''.isdigit()
'abc'.isalpha()
'a1'.isalnum()
'a_1'.isidentifier()
'1a'.isidentifier()
'Abc'.islower()
'abc1'.islower()
'ABC'.isupper()
' \t'.isspace()
'Hello World'.istitle()
'12'.isnumeric()
'12'.isdecimal()
'Straße'.lower() == 'straße'
'hello world'.title()
"they're bill's".title()
'hello World'.capitalize()
'Hello'.swapcase()
'Hello'.casefold()
'a\nb\r\nc'.splitlines()
'a\nb\n'.splitlines(True)
'a\tbc\td'.expandtabs(4)
'a\tb'.expandtabs()
'abc'.translate({97: 'x', 98: None})
'abc'[0], 'abc'[-1], 'abc'[1:], 'abc'[:-1], 'abc'[::-1], 'abc'[::2]
'abcdef'[4:1:-1]
'abcdef'[-3:]
'abc'[10:]
'abc'[5]
'ab' * 3, 3 * 'ab', 'ab' * 0, 'ab' * -1
'b' in 'abc', '' in 'abc', 'ac' in 'abc'
'a' 'b'
'%s' % 'a'
'%d items' % 3
'%5d|%-5d|%05d' % (1, 2, 3)
'%.2f' % 3.14159
'%8.3f|' % 2.5
'%+d % d' % (3, 4)
'%x %X %o' % (255, 255, 8)
'%#x' % 255
'%e' % 12345.678
'%g %g' % (0.0001, 1e10)
'%s %r' % ('a', 'a')
'%c' % 65
'%%' % ()
'%(a)s-%(b)02d' % {'a': 'x', 'b': 5}
'%s' % (1,)
'%s' % [1, 2]
'%*d' % (5, 3)
'%.*f' % (2, 1.005)
'layer%d' % (3 + 1)
'%d' % 3.9
'%s %s' % (1,)
'%d' % 'a'
'%s' % None
'%5s|%-5s|' % ('a', 'b')
'%.2s' % 'abc'
'{} {}'.format(1, 'a')
'{0} {1} {0}'.format('a', 'b')
'{a}/{b}'.format(a=1, b=2)
'{0[1]} {1[k]}'.format([1, 2], {'k': 'v'})
'{:>5}|{:<5}|{:^5}|'.format('a', 'b', 'c')
'{:*^7}'.format('ab')
'{:05d} {:+d} {: d}'.format(42, 42, 42)
'{:,} {:_}'.format(1234567, 1234567)
'{:.3f} {:.3e} {:.3g}'.format(1234.5678, 1234.5678, 1234.5678)
'{:.1%}'.format(0.1234)
'{:x} {:X} {:o} {:b}'.format(255, 255, 255, 5)
'{:#x} {:#b} {:#o}'.format(255, 5, 8)
'{!r} {!s}'.format('a', 'a')
'{:{}}|'.format('a', 5)
'{:{w}.{p}f}'.format(3.14159, w=8, p=2)
'{{}}'.format()
'{}'.format()
'{a}'.format_map({'a': 1})
'{:d}'.format(3.5)
'{:s}'.format(3)
'{0.real}'.format(5)
'{:10.2f}|'.format(-3.14159)
'{:<10}|'.format(3)
'{:e}'.format(0.0)
'{:g}'.format(100000.0), '{:g}'.format(1000000.0)
'{:g}'.format(0.00001)
'{:.0f}'.format(0.5), '{:.0f}'.format(1.5), '{:.0f}'.format(2.5)
'{:.2f}'.format(0.125), '{:.2f}'.format(0.375)
'{:.1e}'.format(25000.0)
'{:.3}'.format(3.14159)
'{:.3}'.format(31415.9)
'{:.2}'.format(10.0)
'{:08.3f}'.format(-3.5)
'{:010}'.format(-42)
'{:,.2f}'.format(1234567.891)
'{:b}'.format(-5)
'{:c}'.format(65)
'{:5}|{:5}|'.format(True, None)
x = 5; f'{x=}'
x = 5; f'{x = }'
x = 'a'; f'{x!r:>5}'
w = 6; f'{3.14159:{w}.2f}'
f'{3!s:>4}|{[1, 2]}|{ {1: 2} }'
f'{10:>{2 + 3}}|'
f'{{x}}'
f'{1e3}'
f'{1/3:.3f} {1e-7} {1e22:g}'
f'{"nested" + f"{1 + 1}"}'
f'{255:#06x}'
f'{-5:05}'
f'{1234.5:>10,.1f}|'
f'{True:d}'
[1, 2, 3].index(2)
[1, 2, 3].index(5)
[1, 2, 1].index(1, 1)
[1, 2, 1].count(1)
x = [3, 1, 2]; x.sort(); x
x = [3, 1, 2]; x.sort(reverse=True); x
x = ['bb', 'a', 'ccc']; x.sort(key=len); x
x = [1, 2]; x.append([3]); x
x = [1, 2]; x.extend('ab'); x
x = [1, 2]; x.extend(range(2)); x
x = [1, 2]; x.insert(0, 9); x
x = [1, 2]; x.insert(-1, 9); x
x = [1, 2]; x.insert(10, 9); x
x = [1, 2, 3]; y = x.pop(); (x, y)
x = [1, 2, 3]; y = x.pop(0); (x, y)
x = [1, 2, 3]; y = x.pop(-2); (x, y)
[].pop()
[1].pop(3)
x = [1, 2, 1]; x.remove(1); x
[1].remove(2)
x = [1, 2, 3]; x.reverse(); x
x = [1, 2]; x.clear(); x
x = [1, [2]]; y = x.copy(); y[1].append(3); x
x = [1, 2, 3, 4]; x[1:3] = [9]; x
x = [1, 2, 3, 4]; x[::2] = [8, 9]; x
x = [1, 2, 3, 4]; x[1:1] = [7, 7]; x
x = [1, 2, 3, 4]; x[:] = []; x
x = [1, 2, 3, 4]; x[2:] = 'ab'; x
x = [1, 2, 3, 4]; del x[1]; x
x = [1, 2, 3, 4]; del x[1:3]; x
x = [1, 2, 3, 4]; del x[::2]; x
x = [1, 2, 3, 4]; del x[-1]; x
x = [1, 2]; x *= 2; x
x = [1]; y = x; x += (2,); y
x = [0] * 3; x[1] = 5; x
x = [[0]] * 2; x[0].append(1); x
[1, 2] + [3], [0] * 0, [1] * -1
[[1, 2], [3]][0][1]
[1, 2, 3][True]
(1, 2, 3)[1:], (1,) + (2,), (0,) * 3
(1, 2, 1).count(1), (1, 2).index(2)
2 in (1, 2), 5 not in [1, 2]
float('nan') in [1.0]
[x * y for x in range(3) for y in range(x)]
[x if x % 2 else -x for x in range(4)]
{x % 3 for x in range(10)} == {0, 1, 2}
{k: v for k, v in zip('ab', (1, 2)) if v > 1}
{v: k for k, v in {'a': 1}.items()}
[(i, c) for i, c in enumerate('ab')]
[[j for j in range(i)] for i in range(3)]
list(x for x in range(3))
sum(x * x for x in range(5))
d = {'a': 1}; d['b'] = 2; d
d = {'a': 1, 'b': 2}; del d['a']; d
d = {}; del d['a']
{'a': 1}['b']
{'a': 1}.get('b'), {'a': 1}.get('b', 0), {'a': 1}.get('a', 0)
d = {'a': 1}; (d.setdefault('a', 5), d.setdefault('b', 6), d)
d = {'a': 1, 'b': 2}; (d.pop('a'), d.pop('z', None), d)
{}.pop('a')
d = {'a': 1, 'b': 2}; (d.popitem(), d)
{}.popitem()
d = {'a': 1}; d.update({'a': 2, 'b': 3}); d
d = {'a': 1}; d.update(b=2, c=3); d
d = {'a': 1}; d.update([('x', 1), ('y', 2)]); d
d = {'a': 1}; d |= {'b': 2}; d
{'a': 1, 'b': 2} | {'b': 3, 'c': 4}
dict.fromkeys('ab', 0)
dict.fromkeys([1, 2])
dict([('a', 1)], b=2)
dict({'a': 1}, a=2)
list({'a': 1, 'b': 2}.keys())
list({'a': 1, 'b': 2}.values())
list({'a': 1, 'b': 2}.items())
{'a': 1}.keys()
{'a': 1}.values()
{'a': 1}.items()
sorted({'a': 1, 'b': 2}.keys() & {'b', 'c'})
sorted({'a': 1}.keys() | {'b': 2}.keys())
{'a': 1, 'b': 2}.keys() - {'a'}
'a' in {'a': 1}.keys(), 1 in {'a': 1}.values(), ('a', 1) in {'a': 1}.items()
len({'a': 1}.items())
d = {'a': 1}; k = d.keys(); d['b'] = 2; list(k)
d = {1: 'a'}; d[1.0] = 'b'; d[True] = 'c'; d
{1: 'a', True: 'b', 1.0: 'c'}
{(1, 2): 'a'}[(1, 2)]
{1.5: 'a'}[1.5]
{None: 0, False: 1}
{**{'a': 1}, **{'a': 2, 'b': 3}}
d = {'b': 1, 'a': 2}; list(d)
d = {'a': 1}; d.clear(); d
d = {'a': [1]}; e = d.copy(); e['a'].append(2); d
d = {[1]: 2}
s = {1, 2}; s.add(3); s.discard(1); s.discard(9); sorted(s)
s = {1}; s.remove(5)
s = {1, 2}; s.update([3, 4], (5,)); sorted(s)
sorted({1, 2, 3} - {2}), sorted({1, 2} ^ {2, 3})
sorted({1, 2}.union([3], (4,)))
{1, 2}.intersection([2, 3])
sorted({1, 2, 3}.difference([1], [3]))
{1, 2}.symmetric_difference([2, 3]) == {1, 3}
{1}.issubset([1, 2]), {1, 2}.issuperset([1])
s = {5}; s.pop()
s = {1, 2}; s &= {2, 3}; s
s = {1, 2}; s -= {2}; s
s = {1}; t = s; s |= {2}; len(t)
frozenset({1}) | {2} == {1, 2}
{frozenset([1, 2]): 'x'}[frozenset([2, 1])]
len({1, 1.0, True})
{1.0, 1}
set('aab') == {'a', 'b'}
math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7)
math.sqrt(2), math.sqrt(16)
math.isqrt(17)
math.log(8, 2), math.log2(64), math.log10(1000)
math.log(10)
math.log2(3), math.log10(2)
math.log(0.5)
math.log(100, 10)
math.exp(1), math.exp(0), math.exp(-2.5)
math.pow(2, 3)
math.fabs(-3)
math.gcd(12, 18), math.gcd(), math.gcd(5, 0)
math.lcm(4, 6)
math.factorial(10)
math.comb(5, 2), math.perm(5, 2)
math.prod([1, 2, 3, 4]), math.prod([])
math.prod([2, 3], start=10)
math.pi, math.e, math.tau, math.inf
math.hypot(3, 4)
math.copysign(3, -1)
math.fmod(-7, 3)
math.modf(3.5)
math.isnan(float('nan')), math.isinf(math.inf), math.isfinite(1.0)
math.isclose(0.1 + 0.2, 0.3)
math.degrees(math.pi), math.radians(180)
math.sin(0), math.cos(0), math.tan(0)
math.sqrt(-1)
math.log(0)
math.floor(math.inf)
int(math.log2(512))
int(math.ceil(math.log(224 / 7, 2)))
operator.add(1, 2), operator.mul(3, 4), operator.floordiv(7, 2), operator.neg(3)
operator.itemgetter(1)([1, 2, 3])
operator.itemgetter('a', 'b')({'a': 1, 'b': 2})
operator.attrgetter('real')(5)
operator.methodcaller('split', ',')('a,b')
operator.contains([1, 2], 2), operator.lt(1, 2), operator.not_(0)
operator.getitem({'a': 1}, 'a')
sorted({'a': 3, 'b': 1}.items(), key=operator.itemgetter(1))
functools.reduce(lambda a, b: a * b, [1, 2, 3, 4])
functools.reduce(operator.add, [[1], [2]], [])
functools.reduce(lambda a, b: a + b, [])
functools.reduce(operator.mul, (), 1)
functools.partial(int, base=2)('101')
p = functools.partial(divmod, 17); p(5)
p = functools.partial(max, 3, key=abs); (p.args, p(-7, 1))
functools.partial(dict, a=1)(b=2)
functools.partial(dict, a=1).keywords
sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))
list(chain([1], (2, 3), 'a'))
list(chain.from_iterable([[1, 2], [3]]))
list(chain())
list(product([1, 2], 'ab'))
isinstance(lambda: 0, types.FunctionType)
isinstance(list, types.FunctionType)
isinstance(math, types.FunctionType)
isinstance(functools.partial(max, 1), types.FunctionType)
isinstance(3, (types.FunctionType, types.MethodType))
isinstance(lambda: 0, types.LambdaType)
isinstance('a', types.BuiltinFunctionType)
isinstance(math, types.ModuleType)
isinstance(None, types.ModuleType)
isinstance([1], typing.List)
isinstance((1,), typing.List)
isinstance((1,), (typing.List, typing.Tuple))
isinstance({'a': 1}, typing.Dict)
isinstance({1}, typing.Set)
isinstance('a', typing.Text)
typing.OrderedDict(b=1, a=2)['b']
list(typing.OrderedDict([('x', 1), ('y', 2)]))
isinstance(typing.OrderedDict(), collections.OrderedDict)
isinstance(collections.OrderedDict(), typing.OrderedDict)
isinstance({}, typing.OrderedDict)
typing.DefaultDict(int)['z']
typing.Counter('hello')['l']
list(product([0, 1], repeat=2))
list(permutations([1, 2, 3], 2))
list(permutations('ab'))
list(combinations([1, 2, 3], 2))
list(itertools.combinations_with_replacement('ab', 2))
list(accumulate([1, 2, 3]))
list(accumulate([1, 2, 3], operator.mul))
list(accumulate([1, 2], initial=10))
list(accumulate([3, 1, 2], max))
list(repeat(7, 3))
list(islice(repeat('a'), 2))
list(islice(cycle([1, 2, 3]), 7))
list(islice(count(5), 3))
list(islice(count(0, 2), 2, 6, 2))
list(islice(range(10), 3, None, 3))
list(islice('abc', 5))
list(zip(count(), 'ab'))
list(zip('ab', count(1)))
list(map(lambda a, b: a + b, count(), [1, 2]))
next(count(3))
list(itertools.zip_longest([1, 2], 'a', fillvalue=0))
list(itertools.starmap(pow, [(2, 3), (3, 2)]))
list(itertools.takewhile(lambda x: x < 3, count()))
list(itertools.dropwhile(lambda x: x < 3, [1, 5, 2]))
list(itertools.filterfalse(lambda x: x % 2, range(5)))
list(itertools.compress('abc', [1, 0, 1]))
list(itertools.pairwise([1, 2, 3]))
[(k, list(g)) for k, g in groupby('aabbb')]
[(k, len(list(g))) for k, g in groupby([1, 3, 2, 4], key=lambda x: x % 2)]
a, b = itertools.tee([1, 2]); (list(a), list(b))
it = iter(range(10)); (list(islice(it, 3)), list(it))
it = iter([1, 2, 3, 4]); list(zip(it, it))
it = map(str, [1, 2]); (next(it), list(it), list(it))
g = (x for x in range(3)); (next(g), list(g))
x = [1, 2]; it = iter(x); x.append(3); list(it)
k = 1; g = (v * k for v in [1, 2]); k = 10; list(g)
OrderedDict([('a', 1), ('b', 2)])['b']
list(OrderedDict([('b', 1), ('a', 2)]))
d = OrderedDict(a=1, b=2); d.move_to_end('a'); list(d)
d = OrderedDict(a=1, b=2, c=3); d.move_to_end('c', last=False); list(d)
d = OrderedDict(a=1, b=2); (d.popitem(last=False), list(d.items()))
d = OrderedDict(a=1, b=2); d.popitem()
isinstance(OrderedDict(), dict)
OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1)
OrderedDict(a=1, b=2) == {'b': 2, 'a': 1}
d = OrderedDict(); d['x'] = 1; d['y'] = 2; list(d.values())
d = defaultdict(list); d['a'].append(1); dict(d)
d = defaultdict(int); d['a'] += 1; d['b']; sorted(d.items())
d = defaultdict(lambda: 5); d['z']
d = defaultdict(list, {'a': [1]}); (d.get('b'), len(d))
d = defaultdict(); d['a']
'x' in defaultdict(int)
c = Counter('hello'); (c['l'], c['z'])
Counter('hello').most_common(1)
Counter([1, 1, 2]).most_common()
sorted(Counter('aab').items())
Counter(a=2, b=1).total()
len(Counter([1, 2, 2]))
sorted(Counter(a=2, b=1).elements())
d = deque([1, 2, 3], maxlen=2); list(d)
d = deque(); d.append(1); d.appendleft(0); list(d)
d = deque([1, 2, 3]); (d.popleft(), d.pop(), list(d))
d = deque([1, 2, 3]); d.rotate(1); list(d)
d = deque([1], maxlen=2); d.append(2); d.append(3); list(d)
d = deque([1], maxlen=2); d.appendleft(2); d.appendleft(3); list(d)
d = deque([1, 2]); d.extendleft([3, 4]); list(d)
len(deque('abc')), deque('abc')[1]
deque([1, 2], maxlen=5).maxlen
x = [[1], 2]; y = copy.copy(x); y[0].append(3); x
x = [[1], 2]; y = copy.deepcopy(x); y[0].append(3); (x, y)
d = {'a': [1]}; e = copy.deepcopy(d); e['a'].append(2); (d, e)
x = [1]; y = copy.deepcopy([x, x]); y[0] is y[1]
copy.deepcopy((1, [2]))
copy.copy({1}) == {1}
re.match(r'(\w+)\.(\d+)', 'layer.12').groups()
re.match(r'(?P<name>[a-z]+)(?P<num>\d*)', 'conv2d').groupdict()
re.match('b', 'abc')
re.search('b', 'abc').start()
re.search(r'\d+', 'a12b345').group()
re.findall(r'\d+', 'a12b345')
re.findall(r'(\w)=(\d)', 'a=1,b=2')
re.findall('[aeiou]', 'convolution')
[m.group(0) for m in re.finditer(r'[A-Z][a-z]*', 'ResNetBlock')]
re.split(r'[,;]\s*', 'a, b;c')
re.split(r'(-)', 'a-b')
re.split(',', 'a,b,c', maxsplit=1)
re.sub(r'\d+', '#', 'a12b345')
re.sub(r'(\w)(\d)', r'\2\1', 'a1b2')
re.sub('a', 'b', 'aaa', count=2)
re.sub(r'[A-Z]', lambda m: '_' + m.group(0).lower(), 'ConvBlock')
re.fullmatch(r'[a-z]+', 'abc1')
re.fullmatch(r'[a-z]+\d', 'abc1') is not None
re.compile(r'^r(\d+)$').match('r50').group(1)
re.match('ABC', 'abcd', re.IGNORECASE) is not None
re.match('a.c', 'a\nc')
re.match('a.c', 'a\nc', re.S).group()
re.match(r'a$', 'a\n') is not None
re.match(r'a\Z', 'a\n')
re.findall(r'^\w', 'a\nb', re.M)
re.match(r'(a)(b)?', 'ac').groups()
re.match(r'(a)(b)?', 'ac').group(2)
re.match(r'r(\d+)_k(\d+)_s(\d+)_e([\d.]+)', 'r1_k3_s2_e6').groups()
re.match(r'(?:x|y)+z', 'xyz') is not None
re.escape('a.b')
re.search('x', 'abc') is None
bool(re.match(r'layer\d\.\d+$', 'layer1.0'))
re.split(r'(\d.*)', 'k3')
re.search(r'k(\d)', 'r1_k3').span()
re.match(r'(\w+)', 'a b')[1]
string.ascii_lowercase[:3], string.digits
json.loads('{"a": [1, 2.0, true, null], "b": {"c": "d"}}')
json.loads('[1e2, -3]')
json.loads('nonsense')
os.path.join('a', 'b', 'c.py')
os.path.join('a/', '/b')
os.path.basename('/x/y.txt'), os.path.dirname('/x/y.txt')
os.path.splitext('model.tar.gz')
statistics.mean([1, 2, 3])
bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3)
heapq.nlargest(2, [3, 1, 5]), heapq.nsmallest(1, [3, 1, 5])
SimpleNamespace(a=1, b=2).b
p = argparse.ArgumentParser(); p.add_argument('--width', type=int, default=64); p.add_argument('--no-bias', action='store_false'); a = p.parse_args([]); (a.width, a.no_bias)
p = argparse.ArgumentParser(); p.add_argument('-w', '--wide-width', type=int, default='32'); p.parse_args([]).wide_width
p = argparse.ArgumentParser(); p.add_argument('--size', nargs='+', type=int, default=[1, 2]); p.parse_args(['--size', '3', '4']).size
p = argparse.ArgumentParser(); p.add_argument('--x', type=float); p.add_argument('--y', action='store_true'); a = p.parse_args(['--x', '3', '--y']); (a.x, a.y)
p = argparse.ArgumentParser(); p.add_argument('--mode', choices=['a', 'b'], default='a'); p.parse_args(['--mode=b']).mode
p = argparse.ArgumentParser(); p.add_argument('n', type=int); p.parse_args(['7']).n
p = argparse.ArgumentParser(); p.add_argument('--k', dest='kernel', default=3); p.set_defaults(kernel=5, extra=1); a = p.parse_args([]); (a.kernel, a.extra)
p = argparse.ArgumentParser(); g = p.add_argument_group('m'); g.add_argument('--depth', default=4, type=int); p.parse_known_args([])[0].depth
p = argparse.ArgumentParser(); p.add_argument('--flag', action='store_const', const=9); a = p.parse_args(['--flag']); (a.flag, p.parse_args([]).flag)
p = argparse.ArgumentParser(); p.add_argument('s', nargs='?', default='d'); p.parse_args([]).s
sum(list(range(100))[::7])
[*range(3), *'ab']
(lambda *a, **k: (a, k))(1, *[2], b=3, **{'c': 4})
(lambda a, /, b, *, c=3: a + b + c)(1, b=2)
[i for i, x in enumerate('abca') if x == 'a']
max(range(5), key=lambda i: [3, 9, 2, 9, 1][i])
[f.__name__ for f in (len, abs)]
(3).bit_length(), (255).bit_length(), (0).bit_length()
(2.0).is_integer(), (2.5).is_integer()
slice(1, 5, 2).step
[1, 2, 3, 4, 5][slice(1, None, 2)]
x = 3; x **= 2; x //= 2; x <<= 3; x
x = 7; x %= 4; x |= 8; x ^= 1; x
not not 5, not ''
1 if [] else 2
0 or '' or 'x' or 1
1 and 'a' and []
(x := 4) + x
[y := 1, y ** 2, y + 1]
print('a')
int(round(64 * 0.35 / 8)) * 8
int(64 * 1.4 + 0.5)
[int(w * 0.75) for w in (16, 24, 32)]
max(8, (int(24 * 0.35 + 4) // 8) * 8)
[64 * 2 ** i for i in range(4)]
list(map(lambda x: x // 2, [64, 128]))
dict(a=dict(b=1))['a']['b']
{'relu': 1}.get('gelu', {}) or 5
"x" if "conv" in "conv2d" else "y"
'_'.join(map(str, (1, 2, 3)))
sorted(set([3, 3, 1]))
list(dict.fromkeys([3, 1, 3]))
any(k.startswith('conv') for k in ['bn', 'conv1'])
next((i for i, v in enumerate([1, 5, 7]) if v > 4), None)
next(x for x in [1, 2] if x > 5)
len([c for c in 'a1b2' if c.isdigit()])
tuple(sum(x) for x in zip((1, 2), (3, 4)))
[x for row in [[1], [2, 3]] for x in row]
list(zip([1, 2, 3], [1, 2, 3][1:]))
[a - b for a, b in zip((5, 7), (2, 3))]
sum(map(len, ['ab', 'c']))
str(10 ** 15), str(2 ** 52)
'{0:>{1}}'.format('ab', 4)
'a-b_c'.replace('-', '').replace('_', '')
''.join(reversed('abc'))
''.join(sorted('cab'))
[ord(c) - 97 for c in 'ad']
bytes([1]) and 0
math.cbrt(27)
'abc'.encode('utf8')
(1 + 2j).real
"""


def evaluate(text):
    *statements, last = text.split('; ')
    scope = {}
    exec(imports(text), scope)
    exec('; '.join(statements), scope)
    return eval(last, scope)


def record(text):
    return {'imports': imports(text), 'expression': text, **outcome(lambda: evaluate(text))}


def main():
    warnings.simplefilter('ignore')
    header = {'framework': 'python', 'version': platform.python_version(), 'script': 'make/python_library.py',
              'note': 'value is the repr; statements before the last `; ` come first'}
    texts = [line for line in TEXTS.strip().split('\n') if line]
    assert len(texts) == len(set(texts)), [text for text in texts if texts.count(text) > 1]
    common.write('python-library.json', header, [record(text) for text in texts])


if __name__ == '__main__':
    main()
