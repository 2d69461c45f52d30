/** The tree-sitter parser for Python: the only file that names it. Trees are read into plain objects and freed. */
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import type { ConcreteTree, TreeNode } from './tree';

/** The bytes of the parser's runtime and of Python's grammar. */
export interface ParserWasm {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

export interface TreeReader {
  read(text: string): ConcreteTree;
  dispose(): void;
}

/** Starts the runtime; calls must not overlap, for the runtime is one a process. */
export async function createTreeReader({ runtime, grammar }: ParserWasm): Promise<TreeReader> {
  // Both are needed: without a place for the file the browser build looks for it by its own address and throws.
  await Parser.init({ wasmBinary: runtime, locateFile: (name: string) => name });
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const grammarNames = namesOf(language);
  return {
    read(text) {
      parser.reset();
      const tree = parser.parse(text);
      if (!tree) throw new Error('The parser has no language.');
      try {
        return copyTree(tree, grammarNames);
      } finally {
        tree.delete();
      }
    },
    dispose: () => parser.delete(),
  };
}

/** The grammar's tables by number. */
interface GrammarNames {
  readonly types: readonly string[];
  readonly isNamed: readonly boolean[];
  readonly isLeaf: readonly boolean[];
  readonly fields: readonly (string | null)[];
}

const errorType = 65535;

const skipped = new Set(['comment', 'line_continuation']);
const leaves = new Set([
  'identifier',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'string_start',
  'string_end',
]);
// Its escapes are read from the text.
leaves.add('string_content');

function namesOf(language: Language): GrammarNames {
  const isNamed = language.types.map((_, type) => language.nodeTypeIsNamed(type));
  const isLeaf = language.types.map((name, type) => !isNamed[type] || leaves.has(name) || skipped.has(name));
  return { types: language.types, isNamed, isLeaf, fields: language.fields };
}

interface OpenNode extends TreeNode {
  readonly children: TreeNode[];
}

/** Walks without recursion, since nesting may be deeper than the stack. */
function copyTree(tree: Tree, names: GrammarNames): ConcreteTree {
  const cursor = tree.walk();
  const errors: TreeNode[] = [];
  const root = copyNode(cursor, names);
  const open: OpenNode[] = [root];
  let errorDepth = root.type === 'ERROR' ? 1 : 0;
  if (errorDepth > 0) errors.push(root);
  let goesOn = cursor.gotoFirstChild();
  if (!goesOn) open.pop();
  while (open.length > 0) {
    const parent = open.at(-1);
    if (!parent) break;
    if (!goesOn) {
      open.pop();
      if (parent.type === 'ERROR') errorDepth--;
      if (open.length === 0) break;
      cursor.gotoParent();
      goesOn = cursor.gotoNextSibling();
      continue;
    }
    const type = cursor.nodeTypeId;
    const name = names.types[type] ?? 'ERROR';
    if (skipped.has(name)) {
      goesOn = cursor.gotoNextSibling();
      continue;
    }
    const node = copyNode(cursor, names);
    parent.children.push(node);
    if (errorDepth === 0 && (type === errorType || node.isMissing)) errors.push(node);
    if (!names.isLeaf[type] && cursor.gotoFirstChild()) {
      open.push(node);
      if (type === errorType) errorDepth++;
      goesOn = true;
    } else {
      goesOn = cursor.gotoNextSibling();
    }
  }
  cursor.delete();
  return { root, errors };
}

function copyNode(cursor: TreeCursor, names: GrammarNames): OpenNode {
  const type = cursor.nodeTypeId;
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const field = cursor.currentFieldId;
  return {
    type: names.types[type] ?? 'ERROR',
    field: (field && names.fields[field]) || undefined,
    start,
    end,
    isNamed: names.isNamed[type] ?? true,
    isMissing: start === end && cursor.nodeIsMissing,
    children: [],
  };
}
