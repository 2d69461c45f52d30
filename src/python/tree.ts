/** The parser's concrete tree as plain objects, comments left out, and how to look around in it. */

export interface TreeNode {
  /** The grammar's name: `call`, `argument_list`, `+`, `ERROR`. */
  readonly type: string;
  /** A phrase's role in its parent, as the grammar names it; marks and keywords have none. */
  readonly field: string | undefined;
  /** Offsets in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Whether it is a phrase with a name rather than a punctuation mark or keyword. */
  readonly isNamed: boolean;
  /** Whether the parser put it there to go on; then it is empty. */
  readonly isMissing: boolean;
  /** Empty for words, marks and plain string literals of a text without errors. */
  readonly children: readonly TreeNode[];
}

/** What the parser read: the root, and where it could not read. */
export interface ConcreteTree {
  readonly root: TreeNode;
  /** `ERROR` nodes that are in no other, and missing nodes, in order. */
  readonly errors: readonly TreeNode[];
}

/** The first child with the role `name`. */
export function childIn(node: TreeNode, name: string): TreeNode | undefined {
  return node.children.find((child) => child.field === name);
}

/** All children with the role `name`. */
export function childrenIn(node: TreeNode, name: string): readonly TreeNode[] {
  return node.children.filter((child) => child.field === name);
}

/** The first child that is a mark or keyword. */
export function markIn(node: TreeNode): TreeNode | undefined {
  return node.children.find((child) => !child.isNamed);
}

/** The first child of a type. */
export function childOf(node: TreeNode, type: string): TreeNode | undefined {
  return node.children.find((child) => child.type === type);
}

/** The children that are phrases. */
export function phrases(node: TreeNode): readonly TreeNode[] {
  return node.children.filter((child) => child.isNamed && !isError(child));
}

export function isError(node: TreeNode): boolean {
  return node.type === 'ERROR';
}

/** Whether a child could not be read. */
export function isDamaged(node: TreeNode): boolean {
  return node.children.some(isError);
}
