"""What CPython makes of small programs over classes, functions, data classes and exceptions: the value of `v`."""

import io
import contextlib
import pathlib
import platform
import types
import sys
import warnings

import common

HERE = pathlib.Path(__file__).parent / 'programs'


def words(error):
    return {'exception': type(error).__name__, 'message': str(error)}


def record(topic, program):
    module = types.ModuleType('__main__')
    before = sys.modules['__main__']
    sys.modules['__main__'] = module
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(program, 'program.py', 'exec', dont_inherit=True), module.__dict__)
        outcome = {'value': repr(module.v)}
    except Exception as error:
        outcome = words(error)
    finally:
        sys.modules['__main__'] = before
    return {'topic': topic, 'program': program, **outcome}


def main():
    warnings.simplefilter('ignore')
    rows = []
    for path in sorted(HERE.glob('*.py')):
        for program in path.read_text().split('\n# ---\n'):
            try:
                rows.append(record(path.stem, program.strip('\n')))
            except SyntaxError as error:
                print(path.stem, error, program)
    header = {'framework': 'python', 'version': platform.python_version(), 'script': 'make/python_programs.py',
              'note': 'value is the repr of v; exception and message where the program raises'}
    common.write('python-programs.json', header, rows)


if __name__ == '__main__':
    main()
