"""Asks the real frameworks whether the specifications tell the truth.

    python ask.py torch|tensorflow FILE.md...          compares every expectation the framework can judge
    python ask.py torch|tensorflow --fill FILE.md...   writes the facts behind a bare `# conv`, `# conv!` or `# error [code]`

`# conv!` is filled with the summary alone. Expectations with formulas are not judged: the frameworks know no symbols.
Run with PyTorch 2.13.0 or TensorFlow 2.21.0 (Keras 3.15.1).
"""

import re
import sys
from math import prod
from pathlib import Path

from documents import expectations_of, read_cases
from facts import merge, shape, summary

BARE = re.compile(r'# (conv!?|error)( \[[\w.-]+\])?\s*$')
SHOWN_APART = ('summary', 'params', 'bias', 'in', 'out', 'macs', 'built')
FACT = re.compile(r'^(\w+) (\[.*?\])( \w+)?$')


def observer(framework):
    if framework == 'torch':
        from in_torch import TorchObserver
        return TorchObserver()
    from in_tensorflow import TensorFlowObserver
    return TensorFlowObserver()


def layers_by_line(observer):
    """Of each line the sites in order of column; of each site the layers it built."""
    lines = {}
    for (line, _), events in sorted(observer.sites.items()):
        lines.setdefault(line, []).append([observer.layer(event) for event in events])
    return lines


def facts_of(layers):
    layer = merge(layers)
    facts = {'summary': summary(layer)}
    for name, sizes in layer.weights or []:
        facts[name] = shape(sizes)
    if layer.weights:
        facts['params'] = f'{layer.params:,}'
    if layer.input and layer.output:
        facts['in'], facts['out'] = shape(layer.input), shape(layer.output)
        facts['macs'] = f'{macs(layer):,}'
    counts = {}
    for each in layers:
        counts[summary(each)] = counts.get(summary(each), 0) + 1
    facts['built'] = ' + '.join(f'{count}×({text})' for text, count in counts.items())
    return facts


def macs(layer):
    """Multiplications, those with padding included; a transposed convolution counts input positions."""
    data = layer.input if layer.transposed else layer.output
    channels = layer.inChannels if layer.transposed else layer.outChannels
    kernels = [prod(shape) for name, shape in layer.weights if name != 'bias']
    if None in data:
        return 0
    if layer.separable:
        middle = layer.inChannels * layer.multiplier
        return prod(data) // layer.outChannels * (kernels[0] + middle * layer.outChannels)
    return prod(data) // channels * kernels[0]


def filled(facts, is_short):
    """The comment of one site, in lines of at most 110 characters."""
    parts = [] if is_short else [f'{name} {facts[name]}' for name in facts if name not in SHOWN_APART]
    if not is_short:
        parts += [f'{name} {facts[name]}' for name in ('params', 'in', 'out') if name in facts]
    if '+' in facts['built']:
        parts.append(f'built {facts["built"]}')
    lines = [f'# conv: {facts["summary"]}']
    for part in parts:
        if len(lines[-1]) + len(part) > 108:
            lines.append(f'# and: {part}')
        else:
            lines[-1] += f'; {part}'
    return lines


def fill(path, observer, framework):
    lines = Path(path).read_text(encoding='utf-8').splitlines()
    for case in read_cases(path):
        if case.framework != framework:
            continue
        observer.run(case)
        by_line = layers_by_line(observer)
        for number in range(case.line, len(case.lines) + 1):
            bare = BARE.search(case.lines[number - 1])
            if not bare:
                continue
            if bare.group(1) == 'error':
                found = [f'{name}: {message}' for line, name, message in observer.errors if line == number]
                text = f'# error:{bare.group(2) or " []"} {found[0] if found else "NONE"}'
                if len(lines[number - 1][: bare.start()]) + len(text) > 116:
                    text = '\n    ' + text
            else:
                sites = by_line.get(number, [])
                texts = [text for site in sites for text in filled(facts_of(site), bare.group(1) == 'conv!')]
                text = same_line_or_below(lines[number - 1][: bare.start()], texts)
            code = lines[number - 1][: bare.start()]
            lines[number - 1] = (code + text) if text.startswith('#') else code.rstrip() + text
    Path(path).write_text('\n'.join(lines) + '\n', encoding='utf-8')


def same_line_or_below(code, texts):
    if not texts:
        return '# conv: NONE'
    if len(texts) == 1 and len(code) + len(texts[0]) <= 116:
        return texts[0]
    return ''.join('\n    ' + text for text in texts)


def judge(path, observer, framework):
    judged, problems = 0, []
    for case in read_cases(path):
        if case.framework != framework:
            continue
        observer.run(case)
        by_line = layers_by_line(observer)
        sites = {line: [facts_of(site) for site in found] for line, found in by_line.items()}
        for expectation in expectations_of(case):
            if expectation.kind == 'error':
                found = [f'{name}: {message}' for line, name, message in observer.errors if line == expectation.line]
                wanted = re.sub(r'^\[.*?\] ?', '', expectation.text)
                judged += 1
                if not any(same_message(wanted, each) for each in found):
                    problems.append(f'{path}:{expectation.line}: error expected {wanted}\n    raised {found}')
            elif expectation.kind == 'conv' and sites.get(expectation.line):
                facts = sites[expectation.line].pop(0)
                for part in split(expectation.text):
                    wanted, found = claim(part, facts)
                    if wanted is not None:
                        judged += 1
                        if wanted != found:
                            problems.append(f'{path}:{expectation.line}: expected {wanted}\n    found {found}')
        problems += [f'{path}:{line}: not expected: {each["summary"]}' for line, rest in sites.items() for each in rest]
    return judged, problems


def split(text):
    parts, depth = [''], 0
    for letter in text:
        depth += (letter in '[(') - (letter in '])')
        if letter == ';' and depth == 0:
            parts.append('')
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def claim(part, facts):
    """What a part of an expectation claims and what the framework says; (None, None) when it cannot judge."""
    fact = FACT.match(part)
    if fact and fact.group(1) in facts:
        return (None, None) if is_symbolic(fact.group(2)) else (fact.group(2), facts[fact.group(1)])
    for name in ('params', 'macs', 'built'):
        if part.startswith(name + ' '):
            wanted = part[len(name) + 1 :]
            return (None, None) if name != 'built' and is_symbolic(wanted) else (wanted, facts.get(name))
    is_built = '?→' not in facts['summary']  # a layer that learns its channels and was refused never was
    if '→' in part and is_built and not is_symbolic(re.sub(r'^[^,]*,', '', part)):
        return part, facts['summary']
    return None, None


def is_symbolic(text):
    words = re.sub(r'\b(k|s|p|d|g|op)(?=[\d(?])|\b(no bias|bias|same|causal|reflect|replicate|circular|None)\b', '', text)
    return bool(re.search(r'[A-Za-z_?]', words))


def same_message(wanted, raised):
    if not re.match(r'^\w+(Error|Exception): ', wanted):
        raised = raised.split(': ', 1)[1]
    if wanted.endswith('…'):
        return raised.startswith(wanted[:-1])
    return raised.strip() == wanted


def main(framework, *arguments):
    watching = observer(framework)
    paths = [each for each in arguments if each != '--fill']
    if '--fill' in arguments:
        for path in paths:
            fill(path, watching, framework)
        return 0
    judged, problems = 0, []
    for path in paths:
        found = judge(path, watching, framework)
        judged += found[0]
        problems += found[1]
    print('\n'.join(problems + [f'{judged} claims judged by {framework}, {len(problems)} wrong']))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
