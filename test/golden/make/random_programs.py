"""Small random programs, run by CPython with a stand-in for torch: what each `nn.Conv2d` line was really given.

python random_programs.py writes ../random-programs.json; with COUNT and FIRST_SEED, others to standard output.
`elsewhere` is a module that a reader of the program cannot see; each program runs several times with other values
from it, so that whatever is said of a line must hold for all of these runs.
"""

import itertools
import json
import platform
import random
import re
import resource
import sys
import types

import common

RUNS = 6
LONGEST = 1250
PROGRAMS = 420
STEPS = 1500
INTS = ["a", "b", "c", "d"]
LISTS = ["xs", "ys"]


class Generator:
    """Writes one program; everything random comes from `seed`."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.budget = 26
        self.names = INTS
        self.in_function = False
        self.loops = 0
        self.knows_all = seed % 3 == 0

    def pick(self, *options):
        return self.random.choice(options)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def name(self):
        return self.random.choice(self.names)

    # expressions -----------------------------------------------------------------------------------------------

    def integer(self, depth=2):
        if depth == 0 or self.chance(25):
            return self.pick(self.name(), self.name(), str(self.random.randrange(1, 9)))
        inner = lambda: self.integer(depth - 1)  # noqa: E731
        xs = self.pick(*LISTS)
        options = [
            lambda: f"{inner()} + {inner()}",
            lambda: f"({inner()} - {inner()})",
            lambda: f"{inner()} * {self.random.randrange(2, 4)}",
            lambda: f"({inner()}) // {self.random.randrange(2, 4)}",
            lambda: f"({inner()}) % {self.random.randrange(2, 7)}",
            lambda: f"({inner()}) / 2",
            lambda: f"int(({inner()}) * {self.pick('0.5', '1.1', '2.75')})",
            lambda: f"round(({inner()}) / {self.pick('2', '3', '0.7')})",
            lambda: f"{self.pick('min', 'max')}({inner()}, {inner()})",
            lambda: f"len({xs})",
            lambda: f"sum({xs})",
            lambda: f"{xs}[{self.pick('0', '-1', '1', 'a % 2')}]",
            lambda: f"({inner()} if {self.condition(1)} else {inner()})",
            lambda: f"({inner()} {self.pick('or', 'and')} {inner()})",
            lambda: f"box.{self.pick('n', 'm', 'twice', 'n')}",
            lambda: f"box.{self.pick('grow', 'peek')}({inner()})",
            lambda: f"d[{self.pick(repr('p'), repr('q'))}]",
            lambda: f"d.get({self.pick(repr('p'), repr('r'))}, {inner()})",
            lambda: f"f({inner()})",
            lambda: f"g({inner()}, {self.pick('', 'k=' + inner())})",
            lambda: f"({self.name()} := {inner()})",
            lambda: f"[{inner()}, {inner()}][{self.pick('0', '-1', 'a > 3')}]",
            lambda: f"sum(e * 2 for e in {xs} if e > {inner()})",
            lambda: f"len([e for e in range({self.random.randrange(1, 6)}) if e != {self.name()}])",
            lambda: f"int('{self.random.randrange(20)}')",
            lambda: f"len('ab' * {self.random.randrange(4)} + str({inner()}))",
            lambda: f"abs({inner()})",
            lambda: f"{inner()} {self.pick('&', '|', '^')} {inner()}",
            lambda: f"(lambda t, u={inner()}: t + u)({inner()})",
            lambda: f"{xs}.pop() if {xs} else 5",
            lambda: f"next(iter({xs}), 2)",
            lambda: f"sorted({xs}, reverse={self.pick('True', 'False')})[0]",
            lambda: f"max({xs}, default=3)",
            lambda: f"Box({inner()}).n",
            lambda: f"getattr(box, {self.pick(repr('n'), repr('z'))}, {inner()})",
            lambda: f"list(count({inner()}))[-1]",
            lambda: f"next(count({inner()}))",
            lambda: f"sum(map(lambda v: v + {self.name()}, {xs}))",
            lambda: f"sum(u * v for u, v in zip({xs}, {self.pick(*LISTS)}))",
            lambda: f"len(set({xs}))",
            lambda: f"max({xs}, key=lambda v: v % {self.random.randrange(2, 5)}, default=1)",
            lambda: f"({xs} * 2 + [{inner()}])[1]",
            lambda: f"len({xs}[{self.pick('1:', ':2', '::-1', ':-1')}])",
            lambda: f"divmod({inner()}, {self.random.randrange(2, 5)})[{self.pick('0', '1')}]",
            lambda: f"len(f'{{{inner()}}}{self.pick('x', '-y')}')",
            lambda: f"len('{self.pick('a,b', 'a,,b,c', '')}'.split(',')) + {self.name()}",
            lambda: f"dict(zip('pqr', {xs})).get({self.pick(repr('p'), repr('q'))}, 7)",
            lambda: f"[i for i, v in enumerate({xs}) if v >= {self.name()}].__len__()",
            lambda: f"any(v > {inner()} for v in {xs}) + 1",
            lambda: f"all(v != {self.name()} for v in {xs}) * 3",
            lambda: f"sum(d.values())",
            lambda: f"len(d.keys() & {{'p', 'z'}})",
            lambda: f"sorted(d)[0].count('p') + 2",
            lambda: f"xs.count({inner()}) + ys.count({self.name()})",
            lambda: f"(xs.index({self.name()}) if {self.name()} in xs else 9)",
            lambda: f"int('{self.random.randrange(1, 9)}' * {self.random.randrange(1, 3)})",
            lambda: f"pow({inner()}, 2, {self.random.randrange(3, 8)})",
            lambda: f"min(({inner()}, 1), ({self.name()}, 2))[{self.pick('0', '1')}]",
        ]
        if not self.knows_all:
            options += [lambda: "value()", lambda: "value()"]
        return self.random.choice(options)()

    def condition(self, depth=2):
        inner = self.integer(depth - 1) if depth else self.name()
        options = [
            f"{inner} {self.pick('<', '>', '==', '!=', '<=', '>=')} {self.integer(0)}",
            f"{self.name()} % 2",
            f"{self.integer(0)} in {self.pick(*LISTS)}",
            f"{self.pick(*LISTS)}",
            f"not {self.name()}",
            f"{self.name()} is None",
            f"isinstance({self.name()}, {self.pick('int', 'float', 'list')})",
            f"hasattr(box, {self.pick(repr('n'), repr('z'))})",
            f"{self.pick(repr('p'), repr('r'))} in d",
            f"{self.pick(*LISTS)} is {self.pick(*LISTS)}",
            f"{self.pick(*LISTS)} == {self.pick(*LISTS)}",
            f"{self.name()} < {self.name()} < 7",
        ]
        if not self.knows_all:
            options += ["flag()"] * 8
        return self.random.choice(options)

    # statements ------------------------------------------------------------------------------------------------

    def add(self, depth, text):
        self.lines.append(" " * depth + text)
        self.budget -= 1

    def convolution(self, depth):
        first, second = self.integer(1), self.integer(1)
        self.add(depth, f"nn.Conv2d({first}, {second}, {self.random.randrange(1, 8)})")

    def block(self, depth, loop=False, most=3):
        for _ in range(self.random.randrange(1, most + 1)):
            self.statement(depth, loop)
        if self.chance(25):
            self.convolution(depth)

    def statement(self, depth, loop=False):
        if self.budget <= 0 or depth > 4:
            return self.add(depth, f"{self.name()} = {self.integer(1)}")
        kinds = [self.assign] * 4 + [self.change] * 4 + [self.branch] * 3
        kinds += [self.loop_over, self.loop_while, self.attempt, self.match, self.attempt]
        if loop:
            kinds += [self.leave] * 2
        if self.in_function:
            kinds += [self.leave_function]
        self.random.choice(kinds)(depth, loop)

    def assign(self, depth, loop):
        self.add(
            depth,
            self.pick(
                f"{self.name()} = {self.integer()}",
                f"{self.name()} = {self.integer()}",
                f"{self.name()} {self.pick('+', '-', '*', '//')}= {self.integer(1)}",
                f"{self.name()}, {self.name()} = {self.name()}, {self.integer(1)}",
                f"{self.name()}, *ys = [{self.integer(1)}, {self.integer(1)}, 4]",
                f"{self.name()} = {self.name()} = {self.integer(1)}",
            ),
        )

    def change(self, depth, loop):
        xs, ys = self.pick(*LISTS), self.pick(*LISTS)
        known = [
            f"{xs}.append({self.integer(1)})",
            f"{xs}.extend({ys})",
            f"{xs}.insert({self.pick('0', '1', '-1')}, {self.integer(1)})",
            f"{xs}.reverse()",
            f"{xs}.sort()",
            f"{xs} = {ys}",
            f"{xs} = {ys}[1:] + [{self.integer(1)}]",
            f"{xs} = [{self.integer(1)}, {self.integer(1)}]",
            f"{xs} = {ys} if {self.condition(1)} else [{self.integer(0)}]",
            f"{xs} += [{self.integer(1)}]",
            f"{xs} *= 2",
            f"{xs} = [e + {self.integer(0)} for e in {ys}]",
            f"if {xs}: {xs}[{self.pick('0', '-1')}] = {self.integer(1)}",
            f"if len({xs}) > 1: del {xs}[0]",
            f"{xs}.clear()",
            f"d[{self.pick(repr('p'), repr('q'), 'a')}] = {self.integer(1)}",
            f"d.pop({self.pick(repr('p'), repr('r'), 'b')}, {self.integer(0)})",
            f"d.update(q={self.integer(1)})",
            f"d.setdefault({self.pick(repr('p'), repr('r'))}, {self.integer(1)})",
            f"d = {{**d, 'q': {self.integer(1)}}}",
            f"box.{self.pick('n', 'm', 'z', 'twice')} = {self.integer(1)}",
            f"box.n += {self.integer(1)}",
            f"box.grow({self.integer(1)})",
            f"box = {self.pick('Box', 'Bigger')}({self.integer(1)})",
            f"box = other if {self.condition(1)} else box",
            f"other = box",
            f"setattr(box, {self.pick(repr('n'), repr('m'))}, {self.integer(1)})",
            f"Box.m = {self.integer(1)}",
            f"store({self.integer(1)})",
            f"f = lambda t: t + {self.integer(1)}",
            f"{xs}[{self.pick('1:', ':1', '::2', '1:1')}] = {self.pick('[4]', '[4, 5]', ys + '[:1]')}",
            f"{xs} = sorted({ys}, key=lambda v: -v)",
            f"{xs} = list(filter(lambda v: v != {self.name()}, {ys}))",
            f"{xs} = [*{ys}, {self.integer(1)}]",
            f"{xs} = list(count({self.integer(0)}))",
            f"if {xs}: {xs}.remove({xs}[-1])",
            f"d = dict(d, q={self.integer(1)})",
            f"d |= {{'q': {self.integer(1)}}}",
            f"for k, v in list(d.items()): d[k] = v + {self.integer(0)}",
        ]
        if not self.knows_all:
            known += [f"touch({xs})", f"touch({xs})", f"{xs} = values()", "setattr(box, word(), 5)", "touch(d)"]
            known += [f"d[word()] = {self.integer(0)}", f"{xs} = [{xs}, {ys}][flag()]", "fail()"]
        text = self.random.choice(known)
        if self.in_function and text.split(" ")[0] in ("xs", "ys", "d", "box", "other", "f"):
            text = f"{self.name()} = len(xs)"
        self.add(depth, text)

    def branch(self, depth, loop):
        self.add(depth, f"if {self.condition()}:")
        self.block(depth + 1, loop)
        if self.chance(30):
            self.add(depth, f"elif {self.condition()}:")
            self.block(depth + 1, loop)
        if self.chance(50):
            self.add(depth, "else:")
            self.block(depth + 1, loop)

    def loop_over(self, depth, loop):
        xs = self.pick(*LISTS)
        source = self.pick(
            f"range({self.random.randrange(4)})", f"list({xs})", f"range({self.name()} % 4)", "(2, 5, 3)", f"reversed({xs})",
            f"count({self.name()})", f"map(lambda v: v + 1, {xs}[:])", f"{xs}[:]", f"(v * 2 for v in {xs} if v % 2)",
        )
        if not self.knows_all and self.chance(35):
            source = "values()"
        if self.chance(25):
            self.add(depth, f"for {self.name()}, {self.name()} in enumerate({source}):")
        else:
            self.add(depth, f"for {self.name()} in {source}:")
        self.block(depth + 1, True)
        if self.chance(25):
            self.add(depth, "else:")
            self.block(depth + 1, loop, 1)

    def loop_while(self, depth, loop):
        guard = f"w{self.loops}"
        self.loops += 1
        self.add(depth, f"{guard} = 0")
        head = self.pick(f"{guard} < {self.random.randrange(1, 5)}", f"({guard} := {guard} + 1) < 4 and {self.condition(1)}")
        self.add(depth, f"while {head}:")
        self.add(depth + 1, f"{guard} += 1")
        self.block(depth + 1, True)
        if self.chance(20):
            self.add(depth, "else:")
            self.block(depth + 1, loop, 1)

    def leave(self, depth, loop):
        self.add(depth, f"if {self.condition()}: {self.pick('break', 'continue')}")

    def leave_function(self, depth, loop):
        self.add(depth, f"if {self.condition()}: return {self.integer(1)}")

    def attempt(self, depth, loop):
        self.add(depth, "try:")
        self.block(depth + 1, loop, 2)
        risky = ["int('x')", "xs[9]", "d['none']", "raise ValueError()", "assert a < 3", "1 // (a % 2)", "box.nothing"]
        if not self.knows_all:
            risky += ["fail()", "fail()", "if flag(): raise KeyError()"]
        self.add(depth + 1, self.random.choice(risky))
        self.block(depth + 1, loop, 2)
        for error in self.pick(["except Exception:"], ["except ValueError:", "except Exception:"], ["except (KeyError, IndexError):", "except:"]):
            self.add(depth, error)
            self.block(depth + 1, loop, 2)
        if self.chance(20):
            self.add(depth, "else:")
            self.block(depth + 1, loop, 1)
        if self.chance(20):
            self.add(depth, "finally:")
            self.add(depth + 1, f"{self.name()} = {self.integer(1)}")

    def match(self, depth, loop):
        self.add(depth, f"match {self.pick(self.integer(1), f'({self.name()}, {self.name()})', 'xs')}:")
        for pattern in self.pick(["1 | 2", "3"], ["(c, 2)", "(4, b)"], ["[a]", "[b, c]"], ["a if a > 4"]):
            self.add(depth + 1, f"case {pattern}:")
            self.block(depth + 2, loop, 1)
        if self.chance(60):
            self.add(depth + 1, "case _:")
            self.block(depth + 2, loop, 1)

    # programs --------------------------------------------------------------------------------------------------

    def function(self, head, names, depth=0, last=None):
        self.add(depth, head)
        if "s" in names:
            self.add(depth + 1, "s = 2")
        self.in_function, outer = True, self.names
        self.budget = 3
        self.names = names
        self.block(depth + 1, False, 2)
        self.add(depth + 1, last or f"return {self.integer(1)}")
        self.in_function, self.names = False, outer

    def program(self):
        self.lines = ["from torch import nn", "from elsewhere import fail, flag, touch, value, values, word"]
        self.add(0, f"a, b, c, d_ = {', '.join(str(self.random.randrange(1, 9)) for _ in range(4))}")
        self.lines[-1] = self.lines[-1].replace("d_", "e")
        self.names = ["a", "b", "c", "e"]
        self.add(0, f"xs = [{self.random.randrange(9)}, 2]")
        self.add(0, self.pick("ys = xs", "ys = [3, 1]"))
        self.add(0, "d = {'p': 3, 'q': 4}")
        self.function("def f(t):", ["t", "s"], last=f"return t + {self.pick('a', '1', 'len(xs)')}")
        self.function(f"def g(t, k={self.random.randrange(1, 5)}):", ["t", "k"], last="return t * k")
        self.add(0, "def store(t):")
        self.add(1, "global a, b")
        self.add(1, f"{self.pick('a', 'b')} = t")
        self.add(0, "def count(t):")
        self.add(1, "yield 1")
        self.add(1, "for s in range(t % 3): yield s + t")
        self.add(0, "class Box:")
        self.add(1, f"m = {self.random.randrange(1, 9)}")
        self.add(1, "def __init__(self, n):")
        self.add(2, "self.n = n")
        if self.chance(30):
            self.add(2, "if n > 4: self.z = 3")
        self.add(1, "def grow(self, by):")
        self.add(2, "self.n += by")
        if self.chance(50):
            self.add(2, "nn.Conv2d(self.n, self.m, 2)")
        self.add(2, "return self.n")
        self.add(1, "def peek(self, by): return self.m + by")
        self.add(1, "@property")
        self.add(1, "def twice(self): return self.n * 2")
        self.add(1, "@twice.setter")
        self.add(1, "def twice(self, v): self.n = v // 2")
        self.add(0, "class Bigger(Box):")
        self.add(1, self.pick("m = 7", "def __init__(self, n): super().__init__(n + 1)", "def peek(self, by): return by"))
        self.add(0, "box = Box(3)")
        self.add(0, "other = Box(4)")
        self.budget = 8
        start = len(self.lines)
        while self.budget > 0:
            self.statement(0)
        for pair in ("a, b", "c, e", "len(xs), len(ys)", "box.n, box.m", "other.n, sum(xs)", "d['p'], d.get('q', 9)"):
            self.add(0, f"nn.Conv2d({pair}, 3)")
        self.add(0, "nn.Conv2d(f(1), g(2), 1)")
        return "\n".join(self.needed(start)) + "\n"

    def needed(self, start):
        """The lines without the functions and classes at the top that nothing names."""
        blocks, end = [], start
        for line in range(start - 1, -1, -1):
            if not self.lines[line].startswith(" "):
                blocks.insert(0, self.lines[line:end])
                end = line
        rest = self.lines[start:]
        for block in reversed(blocks):
            name = re.match(r"(?:def|class) (\w+)", block[0])
            used = name is None or any(re.search(rf"\b{name[1]}\b", line) for line in rest)
            if used:
                rest = block + rest
        return rest


class Endless(BaseException):
    """A run that goes on for too long."""


def run(source, seed):
    """What each line gave to `nn.Conv2d` in one run, as `[line, in, out]`; what is no integer is `None`."""
    choose = random.Random(seed)
    records = []

    class Conv2d:
        def __init__(self, in_channels, out_channels, kernel_size):
            plain = [int(v) if isinstance(v, int) else None for v in (in_channels, out_channels)]
            records.append([sys._getframe(1).f_lineno, *plain])

    def touch(target):
        if choose.random() < 0.5:
            target.append(choose.randrange(9)) if isinstance(target, list) else target.update(p=8)

    def fail():
        if choose.random() < 0.5:
            raise choose.choice([ValueError, KeyError, TypeError])()

    elsewhere = types.ModuleType("elsewhere")
    elsewhere.__dict__.update(
        value=lambda: choose.randrange(1, 9),
        flag=lambda: choose.random() < 0.5,
        values=lambda: [choose.randrange(1, 6) for _ in range(choose.randrange(4))],
        word=lambda: choose.choice(["n", "m", "p", "q"]),
        touch=touch,
        fail=fail,
    )
    torch = types.ModuleType("torch")
    torch.nn = types.SimpleNamespace(Conv2d=Conv2d)
    sys.modules.update(elsewhere=elsewhere, torch=torch)
    left = [STEPS]

    def trace(frame, event, arg):
        left[0] -= 1
        names = frame.f_globals
        if left[0] < 0 or any(len(names.get(xs, ())) > 500 for xs in LISTS):
            raise Endless()
        return trace

    code = compile(source, "program", "exec")
    sys.settrace(trace)
    try:
        exec(code, {"__name__": "__main__"})
    except (Exception, Endless):
        pass
    finally:
        sys.settrace(None)
    return records


def record(seed):
    """One program and what its lines were given over all runs, each distinct pair once."""
    source = Generator(seed).program()
    if len(source) > LONGEST:
        return None
    try:
        compile(source, "program", "exec")
    except SyntaxError:
        return None
    given = {}
    for attempt in range(RUNS):
        for line, first, second in run(source, seed * 100 + attempt):
            pairs = given.setdefault(line, [])
            if [first, second] not in pairs:
                pairs.append([first, second])
    return {"seed": seed, "source": source, "given": given}


def main():
    resource.setrlimit(resource.RLIMIT_AS, (800_000_000, 800_000_000))
    count, first = (int(text) for text in (sys.argv[1:] + ["6000", "1"][len(sys.argv) - 1 :])[:2])
    made = filter(None, map(record, range(first, first + count)))
    programs = list(itertools.islice(made, PROGRAMS))
    if len(sys.argv) > 1:
        print(json.dumps({"programs": programs}))
        return
    header = {
        "framework": "python",
        "version": platform.python_version(),
        "script": "make/random_programs.py",
        "note": "lines: of the program, in header.lines; given: by line, the pairs of channels that `nn.Conv2d` got over all runs; null is no integer",
    }
    # Most programs share many lines: each is kept once.
    table = {}
    for program in programs:
        lines = program.pop("source").rstrip("\n").split("\n")
        program["lines"] = [table.setdefault(line, len(table)) for line in lines]
    common.write("random-programs.json", {**header, "lines": list(table)}, programs)


if __name__ == "__main__":
    main()
