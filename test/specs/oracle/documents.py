"""The specifications as the frameworks see them: cases with code, and the expectation comments in it."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[3] / 'samples'
FENCE = re.compile(r'^```(.*)$')
HEADING = re.compile(r'^##+ (.*)$')
MARKER = re.compile(r'#\s*(conv|and|error|warning|hint):\s*')


@dataclass
class Case:
    """One heading with its code; `lines[i]` is line i + 1 of the document, empty where it is not code.

    `files` holds the same for the code of each file that the case imports, by path; their code is not in `code`.
    """

    name: str
    line: int
    lines: list = field(default_factory=list)
    files: dict = field(default_factory=dict)

    @property
    def code(self):
        """The lines that are no file's."""
        others = {number for lines in self.files.values() for number, line in enumerate(lines) if line}
        return ['' if number in others else line for number, line in enumerate(self.lines)]

    @property
    def framework(self):
        text = '\n'.join(self.lines)
        if re.search(r'\b(from|import) (data|other)\b', text):
            return None
        if re.search(r'\b(tensorflow|keras)\b', text):
            return 'tensorflow'
        return 'torch' if 'torch' in text else None


@dataclass
class Expectation:
    line: int
    kind: str
    text: str


def read_cases(path):
    cases, code, file = [], False, None
    for number, line in enumerate(Path(path).read_text(encoding='utf-8').splitlines(), 1):
        fence = FENCE.match(line)
        if fence:
            code = not code and fence.group(1).startswith('python')
            file = next(iter(re.findall(r' file (\S+)', fence.group(1))), None)
        elif code and cases:
            case = cases[-1]
            for lines in [case.lines] + ([case.files.setdefault(file, [])] if file else []):
                lines += [''] * (number - 1 - len(lines)) + [line]
        elif HEADING.match(line):
            cases.append(Case(HEADING.match(line).group(1), number))
    return [spliced(case) for case in cases if case.lines]


def spliced(case):
    """The sample of the case's name, if there is one, with the expectations behind the lines they are listed under."""
    sample = SAMPLES / case.name
    if not sample.is_file():
        return case
    text = sample.read_text(encoding='utf-8')
    if case.name.endswith('.ipynb'):
        cells = json.loads(text)['cells']
        text = '\n'.join(''.join(cell['source']) for cell in cells if cell['cell_type'] == 'code')
    lines, at = text.split('\n'), -1
    for line in case.lines:
        if MARKER.match(line.strip()):
            lines[at] += '  ' + line.strip()
        elif line.strip():
            at = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == line.strip())
    return Case(case.name, case.line, lines)


def expectations_of(case):
    """A comment that stands alone belongs to the code line above it; `and:` goes on with the expectation before."""
    found, code_line = [], 0
    for number, line in enumerate(case.lines, 1):
        parts = MARKER.split(line)
        if parts[0].strip():
            code_line = number
        for kind, text in zip(parts[1::2], parts[2::2]):
            if kind == 'and':
                found[-1].text += '; ' + text.strip()
            else:
                found.append(Expectation(code_line, kind, text.strip()))
    return found
