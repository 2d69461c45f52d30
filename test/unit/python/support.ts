/** What tests of Python's syntax share: one parser, where the repository is, and short ways to say things. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createParser, type PythonParser } from '../../../src/python/parser';
import type { Expression, Module, Statement } from '../../../src/python/syntax';
import type { Span } from '../../../src/symbolic/place';

/** The bytes that the parser runs, from the packages themselves. */
export function parserWasm(): Parameters<typeof createParser>[0] {
  return {
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  };
}

/** A parser from the packages' own bytes. */
export function loadParser(): Promise<PythonParser> {
  return createParser(parserWasm());
}

/** A file beside the tests' sources, which are not where the compiled tests are. */
export function fixture(...path: string[]): string {
  return join(repositoryRoot(process.cwd()), 'test', 'unit', 'python', ...path);
}

function repositoryRoot(start: string): string {
  if (existsSync(join(start, 'test', 'unit', 'python', 'samples'))) return start;
  const parent = dirname(start);
  if (parent === start) throw new Error('test/unit/python was not found above the working directory');
  return repositoryRoot(parent);
}

/** `line:character-line:character`. */
export function showSpan({ start, end }: Span): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** Every node, statement or expression, in the order of the tree. */
export function nodesIn(
  value: unknown,
  found: (Statement | Expression)[] = [],
): readonly (Statement | Expression)[] {
  if (typeof value !== 'object' || value === null) return found;
  if ('kind' in value && 'span' in value) found.push(value as Statement | Expression);
  for (const each of Object.values(value)) nodesIn(each, found);
  return found;
}

/** The dotted name of a callee; empty for other expressions. */
export function dotted(expression: Expression): string {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'attribute' ? `${dotted(expression.object)}.${expression.name}` : '';
}

/** Every call as one line: `nn.Conv2d(3, 9, kernel_size=?)`; what is no number is `?`. */
export function callsIn(module: Module): string[] {
  const found: string[] = [];
  for (const node of nodesIn(module.body)) {
    if (node.kind !== 'call') continue;
    const shown = node.arguments.map(({ form, keyword, value }) => {
      const text = value.kind === 'integer' ? String(value.value) : value.kind === 'error' ? '?' : value.kind;
      return form === 'keyword' ? `${keyword}=${text}` : form === 'positional' ? text : `*${text}`;
    });
    found.push(`${dotted(node.callee)}(${shown.join(', ')})`);
  }
  return found;
}

/** The names of every function and class, with the line of each. */
export function definitionsIn(module: Module): string[] {
  const found: string[] = [];
  for (const node of nodesIn(module.body)) {
    if (node.kind === 'function' || node.kind === 'class')
      found.push(`${node.name}@${node.nameSpan.start.line}`);
  }
  return found;
}
