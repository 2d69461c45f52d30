"""Runs a case statement by statement and notes, for every convolution its code calls, what the framework made of it."""

import ast
import contextlib
import functools
import importlib.machinery
import inspect
import io
import re
import signal
import sys
import warnings

SPEC = '<spec>'

# A statement that takes longer is a loop without end, which some cases hold on purpose.
SECONDS = 20


class Observer:
    """Events by the position of the call in the case: `(line, column)` to a list of what was built there."""

    def __init__(self):
        self.sites = {}
        self.errors = []

    def run(self, case):
        self.sites, self.errors = {}, []
        namespace = {'__name__': '__main__'}
        text = '\n'.join(case.code) + '\n'
        try:
            statements = ast.parse(text, SPEC).body
        except SyntaxError:
            return
        signal.signal(signal.SIGALRM, give_up)
        with importable(case.files), started_plainly():
            for statement in without_guards(statements):
                self.execute(statement, namespace)

    def execute(self, statement, namespace):
        signal.alarm(SECONDS)
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter('ignore')
                exec(compile(ast.Module([statement], []), SPEC, 'exec'), namespace)
        except (Exception, SystemExit) as error:
            self.errors.append((deepest_line(error), type(error).__name__, plain(str(error))))
        signal.alarm(0)

    def note(self, event, depth=2):
        position = calling_position(depth + 1)
        if position:
            self.sites.setdefault(position, []).append(event)


@contextlib.contextmanager
def started_plainly():
    """A script's arguments are the case's, which has none."""
    before, sys.argv = sys.argv, [SPEC]
    try:
        yield
    finally:
        sys.argv = before


class Files:
    """Finds and runs the modules that a case holds as files; a folder without `__init__.py` is a package too."""

    def __init__(self, files):
        self.files = files

    def find_spec(self, name, path=None, target=None):
        place = name.replace('.', '/')
        for file, is_package in ((f'{place}.py', False), (f'{place}/__init__.py', True)):
            if file in self.files:
                return importlib.machinery.ModuleSpec(name, self, origin=file, is_package=is_package)
        if any(file.startswith(f'{place}/') for file in self.files):
            return importlib.machinery.ModuleSpec(name, None, is_package=True)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        text = '\n'.join(self.files[module.__spec__.origin]) + '\n'
        exec(compile(text, SPEC, 'exec'), module.__dict__)


@contextlib.contextmanager
def importable(files):
    """Lets the body import the files, and forgets their modules afterwards."""
    finder, before = Files(files), set(sys.modules)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        own = {file.split('/')[0].removesuffix('.py') for file in files}
        for name in set(sys.modules) - before:
            if name.split('.')[0] in own:
                del sys.modules[name]


def plain(message):
    """The message without the operation's name and definition, which TensorFlow adds."""
    message = re.sub(r'^\{\{function_node \S+ ?\S*?\}\} ', '', message)
    return re.split(r'\n|\t; NodeDef| \[Op:', message)[0].strip()


def give_up(*_):
    raise TimeoutError


def without_guards(statements):
    """The statements, with the body of a `try` in its place, so that what it would catch is seen."""
    for statement in statements:
        yield from statement.body if isinstance(statement, ast.Try) else [statement]


def calling_position(depth):
    """Where in the case the call stands that the frame `depth` above made; None when that frame is not the case's."""
    frame = sys._getframe(depth)
    if frame.f_code.co_filename != SPEC:
        return None
    line, _, column, _ = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    return (line, column)


def deepest_line(error):
    lines = []
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == SPEC:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return lines[-1] if lines else 0


def wrap(owner, name, make):
    """Replaces `owner.name` by `make(original)`, which keeps the original's signature."""
    original = getattr(owner, name)
    wrapped = functools.wraps(original)(make(original))
    wrapped.__signature__ = inspect.signature(original)
    setattr(owner, name, wrapped)
