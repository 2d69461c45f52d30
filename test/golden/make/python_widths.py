"""What CPython makes of the arithmetic of widths: expressions over integers and a float, for several values of them."""

import math
import platform
import random

import common

PARAMETERS = 'a: int, b: int, r: float'
INTEGERS = [0, 1, 2, 3, 7, 16, 24, 29, 57, 64, 100, 511, 1000, 8192, -1, -5, -30]
POSITIVE = [1, 2, 3, 5, 8, 26, 32, 64, 100]
FRACTIONS = [0.5, 0.25, 1.5, 0.1, 6.0, 0.35]
EXPRESSIONS = 400
CASES = 8

# As models write them.
WRITTEN = [
    'int(a * (64 / 64.0)) * b', 'int(a * (b / 64.0))', 'int(a * 0.25)', 'int(0.25 * a)', 'int(a / 4)', 'int(a / 3)',
    'int(a * 0.1)', 'int(a * 4.0)', 'int(a * r)', 'int(r * a * b)', 'int(a / b)', 'int(a * b / b)', 'round(a * 0.75)',
    'round(a / 2)', 'round(a)', 'math.floor(a / 4)', 'math.ceil(a / 4)', 'math.floor(a / 3)', 'math.ceil(a / 7)',
    'math.ceil(a * 1.1)', 'math.trunc(a * 0.5)', 'int(math.ceil(a * 1.0 / 8) * 8)', 'max(8, a // 4)',
    'max(1, int(a * 0.25))', 'max(max(8, a), 16)', 'min(a, b, a)', 'int(max(1, a / 4))', 'max(a, a + 2)',
    'max(8, int(a + 8 / 2) // 8 * 8)', 'int(a + 8 / 2) // 8 * 8', 'int(a * 0.1 + 0.5)', 'abs(int(-a * 0.5))',
    'int(-(a * 0.3))', 'a << 2', 'a >> 2', '~a', 'int(float(a))', 'int(float(a) / 3)', 'int(a - a / 3)',
    'round(a * 0.1) + round(-a * 0.1)', 'int(r) + int(2 * r)', 'int(a * 1e-3)', 'int((a + 0.5) * (b - 0.5))',
    'int(a * 1.0 // 2)', 'int(a * 1.0 % 2)', 'int(abs(a * 0.5))', 'int(min(a * 0.5, b * 0.25))',
    'int(a * (b / 64.0)) * a + int((b / 64.0) * a) * b', 'int(a / 3 * 3)', 'int(a * 0.1 * 10)', 'int(10 * (a * 0.1))',
]

NUMBERS = ['1', '2', '3', '4', '8', '12', '64', '0.5', '0.25', '0.75', '1.0', '4.0', '0.1', '0.9', '1.1', '0.35', '64.0']
ROUNDINGS = ['int', 'round', 'math.floor', 'math.ceil']


def real(rng, depth, names):
    """The text of a number, mostly a float."""
    form = rng.random()
    if depth == 0 or form < 0.15:
        return rng.choice(names * 4 + NUMBERS)
    if form < 0.3:
        return whole(rng, depth - 1, names)
    left = real(rng, depth - 1, names)
    if form < 0.45:
        return f'({left} / {rng.choice(["2", "3", "4", "6", "64.0", "b"])})'
    if form < 0.55:
        return f'{rng.choice(["max", "min"])}({left}, {real(rng, depth - 1, names)})'
    return f'({left} {rng.choice("++-***")} {real(rng, depth - 1, names)})'


def whole(rng, depth, names):
    """The text of an integer."""
    rounded = f'{rng.choice(ROUNDINGS)}({real(rng, depth, names)})'
    form = rng.random()
    if form < 0.5 or depth == 0:
        return rounded
    if form < 0.65:
        return f'{rounded} // {rng.choice("2348")}'
    if form < 0.75:
        return f'{rounded} % {rng.choice("2348")}'
    if form < 0.9:
        return f'{rng.choice(["max", "min"])}({rng.choice("18b")}, {rounded})'
    return f'({rounded} {rng.choice("+-*")} {whole(rng, depth - 1, names)})'


def cases(expression, values):
    """Values of a, b and r with what the expression then is; without those that raise or pass 2^53."""
    code = compile(expression, 'width', 'eval')
    found = []
    for a, b, r in values:
        try:
            result = eval(code, {'math': math, 'a': a, 'b': b, 'r': r})
        except (ArithmeticError, TypeError):
            continue
        if isinstance(result, int) and abs(result) < 2**53:
            found.append([a, b, r, result])
    return found


def records():
    rng = random.Random(1)
    made = list(dict.fromkeys(whole(rng, rng.randint(1, 4), ['a', 'b', 'r', 'a', 'b']) for _ in range(EXPRESSIONS)))
    for expression in WRITTEN + [text for text in made if any(name in text for name in 'ab')]:
        values = [(rng.choice(INTEGERS), rng.choice(POSITIVE), rng.choice(FRACTIONS)) for _ in range(CASES)]
        found = cases(expression, values)
        if found:
            yield {'expression': expression, 'cases': found}


def main():
    header = {'framework': 'python', 'version': platform.python_version(), 'script': 'make/python_widths.py',
              'parameters': PARAMETERS, 'note': 'a case is the values of a, b and r, and of the expression'}
    common.write('python-widths.json', header, list(records()))


if __name__ == '__main__':
    main()
