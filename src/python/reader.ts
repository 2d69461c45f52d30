/** The tree-sitter parser for Python: the only file that names it. Trees are read into plain objects and freed. */
import { Language, Parser, type Tree } from 'web-tree-sitter';
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
        return copyTree(tree, grammarNames, text);
      } finally {
        tree.delete();
      }
    },
    dispose: () => parser.delete(),
  };
}

/**
 * The grammar's tables by number. Each question to the tree costs a crossing into the runtime, so they tell which
 * ones need no asking.
 */
interface GrammarNames {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
  readonly isNamed: readonly boolean[];
  readonly isSkipped: readonly boolean[];
  /** Whether it has no children worth reading. */
  readonly isLeaf: readonly boolean[];
  /** Whether it is a word or mark that is always spelt like its name. */
  readonly isFixed: readonly boolean[];
  /** Whether it ends with a block: the parser's end covers comments behind the last statement. */
  readonly hasBlock: readonly boolean[];
  /** Whether children may have roles. */
  readonly hasRoles: readonly boolean[];
}

const errorType = 65535;

const skipped = new Set(['comment', 'line_continuation']);

// Escapes in a string are read from its text.
const leaves = new Set(
  'identifier integer float true false none string_start string_content string_end pass_statement'.split(' '),
);

const withoutRoles = new Set(
  (
    'module block argument_list expression_statement list tuple set dictionary string concatenated_string ' +
    'comparison_operator slice parameters lambda_parameters dotted_name pattern_list expression_list ' +
    'parenthesized_expression return_statement if_clause conditional_expression list_splat dictionary_splat ' +
    'list_splat_pattern dictionary_splat_pattern tuple_pattern list_pattern type decorator'
  ).split(' '),
);

const withBlock =
  /^(block|(if|for|while|with|try|match)_statement|(elif|else|except|finally|case)_clause|\w+_definition)$/;

function namesOf(language: Language): GrammarNames {
  const { types, fields } = language;
  const isNamed = types.map((_, type) => language.nodeTypeIsNamed(type));
  return {
    types,
    fields,
    isNamed,
    isSkipped: types.map((name) => skipped.has(name)),
    isLeaf: types.map((name, type) => !isNamed[type] || leaves.has(name)),
    isFixed: types.map((name, type) => !isNamed[type] && !name.includes(' ')),
    hasBlock: types.map((name) => withBlock.test(name)),
    hasRoles: types.map((name, type) => isNamed[type] === true && !withoutRoles.has(name)),
  };
}

/** A node whose children are being read. */
interface OpenNode {
  readonly type: number;
  readonly node: TreeNode & { end: number };
  readonly children: TreeNode[];
}

/** Shared by all nodes without children. */
const noChildren: readonly TreeNode[] = [];

/** Walks without recursion, since nesting may be deeper than the stack. */
function copyTree(tree: Tree, names: GrammarNames, text: string): ConcreteTree {
  const errors: TreeNode[] = [];
  const hasErrors = tree.rootNode.hasError;
  const cursor = tree.walk();
  const open: OpenNode[] = [];
  // How many open nodes are unreadable ones.
  let errorDepth = 0;
  let root: TreeNode | undefined;

  /** Reads the node under the cursor; whether the cursor went down into it. */
  const visit = (parent: OpenNode | undefined): boolean => {
    const type = cursor.nodeTypeId;
    if (names.isSkipped[type]) return false;
    const name = names.types[type] ?? 'ERROR';
    const isNamed = names.isNamed[type] ?? true;
    const start = cursor.startIndex;
    const end = names.isFixed[type] && !hasErrors ? start + name.length : cursor.endIndex;
    const hasRole = isNamed && parent !== undefined && names.hasRoles[parent.type] !== false;
    const field = hasRole ? (names.fields[cursor.currentFieldId] ?? undefined) : undefined;
    const isMissing = hasErrors && start === end && cursor.nodeIsMissing;
    const isLeaf = names.isLeaf[type] === true || (name === 'string' && !hasErrors && isPlain(text, start));
    const children: TreeNode[] = [];
    const node = {
      type: name,
      field,
      start,
      end,
      isNamed,
      isMissing,
      children: isLeaf ? noChildren : children,
    };
    parent?.children.push(node);
    root ??= node;
    if (errorDepth === 0 && (type === errorType || isMissing)) errors.push(node);
    if (isLeaf || !cursor.gotoFirstChild()) return false;
    open.push({ type, node, children });
    if (type === errorType) errorDepth++;
    return true;
  };

  let wentDown = visit(undefined);
  for (let parent = open.at(-1); parent; parent = open.at(-1)) {
    if (wentDown || cursor.gotoNextSibling()) {
      wentDown = visit(parent);
    } else {
      open.pop();
      if (names.hasBlock[parent.type]) parent.node.end = parent.children.at(-1)?.end ?? parent.node.end;
      if (parent.type === errorType) errorDepth--;
      cursor.gotoParent();
    }
  }
  cursor.delete();
  return { root: root ?? empty, errors };
}

const empty: TreeNode = {
  type: 'module',
  field: undefined,
  start: 0,
  end: 0,
  isNamed: true,
  isMissing: false,
  children: noChildren,
};

/** Whether the string literal at `start` has no replacement fields. */
function isPlain(text: string, start: number): boolean {
  return !/[ft]/i.test(text.slice(start, start + 2).replace(/["'].*/s, ''));
}
