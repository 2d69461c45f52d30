"""What CPython makes of expressions and of calls: values as their repr, or the exception."""

import platform
import random
import warnings

import common

EXPRESSIONS = 600

INTEGERS = [0, 1, -1, 2, -2, 3, 5, 7, -7, 8, 16, 31, 64, 100, 1024, -13, 4096, 2**31, 2**53 - 1, 2**53]
FLOATS = [0.0, -0.0, 0.5, 1.0, -1.5, 2.0, 2.5, 3.25, 1e-3, 1e16, 1e22, 123456.789, 0.1, 1 / 3]
ARITHMETIC = ['+', '-', '*', '//', '%', '/', '**', '<<', '>>', '&', '|', '^']
# Large exponents take for ever and say nothing.
POWERS = ['**', '<<', '>>']
SMALL = ['0', '1', '2', '3', '5', '(-1)', '0.5']
COMPARISONS = ['==', '!=', '<', '<=', '>', '>=']
FUNCTIONS = ['int({})', 'float({})', 'abs({})', 'round({})', 'bool({})', 'str({})', 'min({}, {})', 'max({}, {})',
             'divmod({}, {})', 'round({}, 1)', 'pow({}, 2)', 'sum([{}, {}])', '({}) if ({}) else 1']

# Written out: sequences, strings, formats, sets and mappings, where a slip is likely.
WRITTEN = [
    '7 // -2', '-7 // 2', '-7 % 3', '7 % -3', '-7.5 // 2', '-7.5 % 2', '2 ** -1', '(-2) ** 2', '-2 ** 2',
    '2 ** 3 ** 2', '0 ** 0', '1 / 3', '10 / 5', '7 / 2', '1e16', '1e15', '0.1 + 0.2', 'True + True', 'True * 3',
    '-True', '~5', '~True', 'not 0', "not ''", '1 < 2 < 3', '1 < 3 < 2', '3 > 2 == 2', '1 == 1.0', "1 == '1'",
    '1 is None', 'None is None', '[1, 2] + [3]', '[0] * 3', '(1,) * 3', "'ab' * 2", "'a' + 'b'", '3 * [1, 2]',
    '[1, 2] < [1, 3]', '(1, 2) == (1, 2)', '[1] == (1,)', '2 in [1, 2]', "'a' in 'cat'", '3 not in (1, 2)',
    "'k' in {'k': 1}", '0 in range(0, 5, 2)', '3 in range(0, 5, 2)', '1 and 2', '0 or 3', "'' or 'x'", 'None or 0',
    '0 and 1', '[] or [1]', '5 if [] else 6', 'len(range(0, 10, 3))', 'list(range(5, 0, -2))', 'sum(range(5))',
    'max([3, 1, 2])', 'min(3, 1, 2)', 'max((1, 2), (1, 3))', 'sorted([3, 1, 2])', 'sorted([3, 1, 2], reverse=True)',
    'list(reversed([1, 2, 3]))', 'list(zip([1, 2], [3, 4, 5]))', 'list(enumerate([5, 6], 1))',
    'tuple(x * 2 for x in range(3))', '[x for x in range(6) if x % 2]',
    '[[i * j for j in range(2)] for i in range(3)]', '{x: x * x for x in range(3)}', 'int(3.9)', 'int(-3.9)',
    "int('12')", "int(' 7 ')", "int('0x10', 16)", "int('1_000')", 'float(3)', "float('1.5')", 'round(2.5)',
    'round(3.5)', 'round(-2.5)', 'round(2.675, 2)', 'abs(-3)', 'divmod(7, -2)', '[1, 2, 3][-1]', '[1, 2, 3][5]',
    '[1, 2, 3][1:]', '[1, 2, 3][::-1]', '[1, 2, 3][-2:]', "'hello'[1:3]", "'hello'[::-1]", '(1, 2, 3)[:-1]',
    '[1, 2, 3, 4][::2]', '[1, 2, 3][10:]', "'abc'[-1]", '{1: 2}[1]', '{1: 2}[3]', '{1: 2}.get(3, 9)', "f'{3}'",
    "f'{3.0}'", "f'{1/3:.2f}'", "f'{5:03d}'", "f'{7!r}'", "f'{2 + 3}x'", "'{}-{}'.format(1, 2)", "'%d' % 3",
    "'%s_%02d' % ('a', 3)", "'a,b'.split(',')", "'-'.join(['a', 'b'])", "'Ab'.lower()", "'ab'.upper()",
    "' a '.strip()", "'conv1'.startswith('conv')", "'abc'.replace('b', 'x')", "'3x5'.split('x')[0]",
    "[int(n) for n in '3x5'.split('x')]", 'isinstance(3, int)', 'isinstance(True, int)', 'isinstance(3.0, int)',
    'isinstance((1,), (list, tuple))', 'type(3) == int', 'bool([])', 'bool([0])', 'all([1, 0])', 'any([0, 1])',
    'all([])', 'any([])', 'list(map(int, ["1", "2"]))', '(lambda a, b=2: a + b)(1)', 'str(1.0)', 'str(True)',
    'str(None)', 'str([1, "a"])', 'repr("it\'s")', "'it\\'s'", '{1, 2} | {2, 3} == {1, 2, 3}', '{1, 2} & {2}',
    'len({1, 1, 2})', 'dict(a=1)', 'dict([("a", 1)])', 'list({"a": 1, "b": 2})', '{**{"a": 1}, "b": 2}',
    '[*range(3), 9]', '1 + None', '"a" + 1', '[1] + (2,)', '3 / 0', '3 // 0', '3 % 0', '1.0 // 0', 'int("x")',
    'int(None)', '"3" * "3"', '-"a"', '[1] < [None]', '10 ** 20', '2 ** 63', '2 ** 64 // 2 ** 60',
    '(2 ** 53 + 1) - 2 ** 53', '9007199254740993', '9007199254740993 % 2', '1 << 40', '1 << 60', '-1 >> 1', '5 & -2',
    '2 ** 0.5', '(-8) ** (1 / 3)', '1e308 * 10', '0x1F', '0b101', '0o17', '1_000', 'round(7 / 2)', 'int(7 / 2)',
    '7 // 2 * 2 + 7 % 2', '64 * 0.75', 'int(64 * 0.75)', 'int(32 * 1.1)', 'max(8, int(35 + 8 / 2) // 8 * 8)',
    '16 * 4 ** 2', '(3 - 1) // 2', 'tuple([3] * 2)', '(3,) + (5,)', 'len((1, 2)) == 2', 'x if (x := 5) > 3 else 0',
    'divmod(-7, 3)', 'pow(2, 10)', 'pow(3, 4, 5)', 'range(3)', 'range(1, 7, 2)', 'list(range(3))[1]',
    'range(10)[2:5]', 'len(range(7, 0))', 'sum([0.1] * 3)', 'max([], default=4)', 'min([])', 'abs(-2.5)',
    'round(1234, -2)', 'round(0.5)', 'round(1.5)', '"abc".find("c")', '"abc".index("b")', '"aXbX".count("X")',
    '"abc".isdigit()', '"12".isdigit()', '"a b  c".split()', '"x".join("abc")', '"abc".title()',
    '"a-b-c".rsplit("-", 1)', '"7".zfill(3)', '"a".center(5)', '"ab"[5:]', '"%.3f" % 2', '"%5d|" % 42', 'f"{3:>4}|"',
    'f"{True}"', 'f"{1e6:,.0f}"', 'f"{12345:,}"', 'f"{0.256:.1%}"', 'f"{[1, 2]}"', 'f"{(1,)}"', 'f"{\'a\'}"',
    'f"{\'a\'!r}"',
]

SIGNATURES = [
    'a', 'a, b', 'a, b, c', 'a=1', 'a, b=2', 'a, b=2, c=3', '*args', '**kw', 'a, *args', 'a, **kw', 'a, *args, **kw',
    '*, k', '*, k=1', 'a, *, k', 'a, *, k, m', 'a, *args, k', 'a, b=2, *, k=3', 'a, /', 'a, /, b', 'a, b, /, c=3', 'a, /, **kw', '',
]

CALLS = [
    '', '1', '1, 2', '1, 2, 3', '1, 2, 3, 4', 'a=1', 'b=2', 'a=1, b=2', '1, a=2', '1, b=2', '1, c=3', '1, k=4', 'k=4', '1, z=9', 'z=9',
    '*(1, 2)', '*[1], b=2', "**{'a': 1}", "1, **{'b': 2}", "1, 2, **{'b': 2}", '1, 2, k=4', '1, k=4, m=5', '1, k=4, z=1, y=2',
]


def outcome(run):
    try:
        return {'value': repr(run())}
    except Exception as error:
        return {'exception': type(error).__name__, 'message': str(error)}


def expression(source, depth):
    if depth == 0 or source.random() < 0.15:
        number = source.choice(INTEGERS if source.random() < 0.7 else FLOATS)
        return f'({number})' if number < 0 or str(number).startswith('-') else repr(number)
    part = lambda: expression(source, depth - 1)
    kind = source.random()
    if kind < 0.62:
        operator = source.choice(ARITHMETIC)
        return f'({part()} {operator} {source.choice(SMALL) if operator in POWERS else part()})'
    if kind < 0.72:
        return f'({part()} {source.choice(COMPARISONS)} {part()})'
    if kind < 0.78:
        return f'({source.choice(["-", "+", "~", "not "])}{part()})'
    function = source.choice(FUNCTIONS)
    return '(' + function.format(*(part() for _ in range(function.count('{}')))) + ')'


def expressions():
    source = random.Random(7)
    texts = list(WRITTEN)
    while len(texts) < len(WRITTEN) + EXPRESSIONS:
        text = expression(source, source.choice([1, 1, 2, 2, 3]))
        if text not in texts and len(text) < 90:
            texts.append(text)
    return [row for row in map(expression_record, texts) if len(row.get('value', '')) < 60]


def expression_record(text):
    return {'expression': text, **outcome(lambda: eval(text, {}))}


def names_of(signature):
    return [part.strip(' */').split('=')[0] for part in signature.split(',') if part.strip(' */')]


def call_record(signature, call):
    names = ', '.join(names_of(signature))
    definition = f'def f({signature}):\n    return [{names}]'
    scope = {}
    exec(definition, scope)
    return {'definition': definition, 'call': f'f({call})', **outcome(lambda: eval(f'f({call})', scope))}


def main():
    warnings.simplefilter('ignore')
    header = {'framework': 'python', 'version': platform.python_version(), 'script': 'make/python_semantics.py',
              'note': 'value is the repr; exception and message where it raises'}
    common.write('python-expressions.json', header, expressions())
    common.write('python-calls.json', header, [call_record(row, call) for row in SIGNATURES for call in CALLS])


if __name__ == '__main__':
    main()
