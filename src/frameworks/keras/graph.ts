/** The graph behind Keras' symbolic tensors: which call made a tensor, from what, and how to run it on other data. */
import type { CallArguments, CallContext, PassedArgument } from '../../interp/call';
import {
  builtin,
  list,
  tuple,
  type BuiltinValue,
  type ClassValue,
  type DictValue,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import type { Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import type { Row, Toolbox } from '../library';
import { isTensor } from '../tensor';

/** One call that made symbolic tensors. */
export interface Node {
  /** The layer, or the function on tensors, that was called. */
  readonly operation: InstanceValue | BuiltinValue;
  readonly args: CallArguments;
  /** The symbolic tensors among the arguments; none for the layer of an input. */
  readonly inputs: readonly InstanceValue[];
  /** Set when an argument is not known: what led to it cannot be followed. */
  readonly hidden?: Reason;
  /** The tensors that it made, in order. */
  outputs: readonly InstanceValue[];
}

/** A part of the graph: from some tensors to others. */
export interface Graph {
  readonly inputs: readonly InstanceValue[];
  /** What a run gives back: a tensor or nested lists of them. */
  readonly outputs: Value;
  /** Every node behind those it needs. */
  readonly nodes: readonly Node[];
  /** The layers in Keras' order: by depth, then as they are met from the outputs on. */
  readonly layers: readonly InstanceValue[];
}

const OPEN_SIZES = ['the batch size', 'this size'] as const;

/** The reason of a size that comes with the data: `None` in Keras. */
export function openSize(subject: (typeof OPEN_SIZES)[number]): Reason {
  return { code: 'no-input', subject };
}

/** Whether a size is one that comes with the data. */
export function isOpen(size: Quantity): boolean {
  if (size.kind !== 'unknown' || size.reason.code !== 'no-input') return false;
  const { subject } = size.reason;
  return OPEN_SIZES.some((each) => each === subject);
}

/** The call that made a symbolic tensor; `undefined` for any other value. */
export function nodeOf(value: Value): Node | undefined {
  return isTensor(value) ? (value.payload as { readonly node?: Node }).node : undefined;
}

/** The values of nested lists, tuples and dictionaries in order; an uncertain list stays as it is. */
export function flatten(value: Value): Value[] {
  if (value.kind === 'tuple') return value.items.flatMap(flatten);
  if (value.kind === 'list' && !value.uncertain) return value.items.flatMap(flatten);
  if (value.kind === 'dict' && !value.uncertain)
    return sortedEntries(value).flatMap(({ value: each }) => flatten(each));
  return [value];
}

/** The results of a call as what a node made; the call is not symbolic when none of its arguments is. */
export function attach(operation: InstanceValue | BuiltinValue, args: CallArguments, result: Value): Value {
  const given = [...args.positional, ...args.keywords.values()].flatMap(({ value }) => flatten(value));
  const inputs = given.filter((value): value is InstanceValue => nodeOf(value) !== undefined);
  if (inputs.length === 0) return result;
  const hidden = args.positional.flatMap(({ value }) => flatten(value)).map(hiddenReason);
  const node: Node = {
    operation,
    args,
    inputs,
    hidden: hidden.find((reason) => reason !== undefined) ?? reasonOf(args.unknownStar),
    outputs: [],
  };
  return adopt(node, result);
}

/** The same arguments with tensors of which nothing is remembered: what happens inside a layer is not in the graph. */
export function withoutNodes(args: CallArguments): CallArguments {
  const plain = (value: Value): Value => {
    if (nodeOf(value) !== undefined && value.kind === 'instance')
      return { ...value, payload: { ...(value.payload as object), node: undefined } };
    if (value.kind === 'tuple') return tuple(value.items.map(plain));
    if (value.kind === 'list' && !value.uncertain) return list(value.items.map(plain));
    return value.kind === 'dict' && !value.uncertain ? mapEntries(value, plain) : value;
  };
  return mapArguments(args, plain);
}

/** The tensors of a result as what `node` made. */
export function adopt(node: Node, result: Value): Value {
  const made: InstanceValue[] = [];
  const visit = (value: Value): Value => {
    if (isTensor(value)) {
      const copy: InstanceValue = {
        ...value,
        attributes: new Map(),
        payload: { ...(value.payload as object), node },
      };
      made.push(copy);
      return copy;
    }
    if (value.kind === 'tuple') return tuple(value.items.map(visit));
    if (value.kind === 'list' && !value.uncertain) return list(value.items.map(visit));
    if (value.kind === 'dict' && !value.uncertain) return mapEntries(value, visit);
    return value;
  };
  const adopted = visit(result);
  node.outputs = made;
  return adopted;
}

/** Told of every operation that becomes a part of a graph. */
export type OnOperation = (name: string, tools: Toolbox, context: CallContext) => void;

/** The same rows, whose functions remember what they were called with where that is symbolic. */
export function remembering(rows: readonly Row[], onOperation: OnOperation): Row[] {
  return rows.map((row) => ({
    ...row,
    make: (tools) => {
      const made = row.make(tools);
      const told = (name: string, context: CallContext) => {
        if (row.path.startsWith('keras.')) onOperation(name, tools, context);
      };
      return rememberCalls(made, told);
    },
  }));
}

/** A class of tensors whose operators and methods remember what they were called with. */
export function rememberMethods(type: ClassValue, onOperation: OnOperation, tools: Toolbox): ClassValue {
  const told = (name: string, context: CallContext) => {
    onOperation(name, tools, context);
  };
  for (const [name, member] of type.namespace) type.namespace.set(name, rememberCalls(member, told));
  return type;
}

/** The graph between tensors, or why it cannot be told. */
export function graphOf(inputs: readonly InstanceValue[], outputs: Value): Graph | Reason {
  const ends = flatten(outputs);
  const missing = ends.find((each) => nodeOf(each) === undefined);
  if (missing !== undefined || ends.length === 0)
    return reasonOf(missing) ?? { code: 'unmodelled', subject: 'how an output of the model is made' };
  const { nodes, indices } = traverse(new Set<Value>(inputs), ends);
  const hidden = nodes.find((node) => node.hidden !== undefined)?.hidden;
  if (hidden !== undefined) return hidden;
  const loose = nodes.find(
    (node) => node.inputs.length === 0 && !node.outputs.some((each) => inputs.includes(each)),
  );
  if (loose !== undefined)
    return { code: 'invalid', subject: 'Graph disconnected: an input is not among those of the model' };
  for (const input of inputs) {
    const made = nodeOf(input);
    if (made?.inputs.length === 0 && made.operation.kind === 'instance' && !indices.has(made.operation)) {
      indices.set(made.operation, -1);
      nodes.push(made);
    }
  }
  return { inputs, outputs, nodes, layers: inOrder(nodes, indices) };
}

export function isGraph(graph: Graph | Reason): graph is Graph {
  return 'nodes' in graph;
}

/** Runs the graph on other data. */
export function runGraph(graph: Graph, data: readonly Value[], context: CallContext): Value {
  const known = new Map<Value, Value>();
  graph.inputs.forEach((input, index) => known.set(input, data[index] ?? input));
  for (const node of graph.nodes) {
    if (node.inputs.length === 0) continue;
    const result = context.interpreter.call(node.operation, substitute(node.args, known), context);
    const made = flatten(result);
    node.outputs.forEach((output, index) => {
      if (!known.has(output)) known.set(output, made[index] ?? made[0] ?? result);
    });
  }
  return replace(graph.outputs, known);
}

/** Depth first from the outputs: nodes behind what they need, operations as they are met. */
function traverse(stops: ReadonlySet<Value>, ends: readonly Value[]) {
  const nodes: Node[] = [];
  const indices = new Map<Value, number>();
  const finished = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const enter = (tensor: Value) => {
    const node = nodeOf(tensor);
    if (node === undefined || finished.has(node)) return;
    if (node.inputs.length > 0 && stops.has(tensor)) {
      finished.add(node);
      return;
    }
    if (!indices.has(node.operation)) indices.set(node.operation, indices.size);
    stack.push({ node, next: 0 });
  };
  for (const end of ends) {
    enter(end);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++];
      if (input !== undefined) enter(input);
      else {
        stack.pop();
        if (!finished.has(top.node)) nodes.push(top.node);
        finished.add(top.node);
      }
    }
  }
  return { nodes, indices };
}

/** Layers by their distance from the outputs, the furthest first. Source: keras/src/ops/function.py, `map_graph`. */
function inOrder(nodes: readonly Node[], indices: ReadonlyMap<Value, number>): InstanceValue[] {
  const depths = new Map<Node, number>();
  const operations = new Map<Value, number>();
  const isInside = new Set(nodes);
  for (const node of [...nodes].reverse()) {
    const depth = Math.max(depths.get(node) ?? 0, operations.get(node.operation) ?? 0);
    operations.set(node.operation, depth);
    depths.set(node, depth);
    for (const input of node.inputs) {
      const before = nodeOf(input);
      if (before !== undefined && isInside.has(before))
        depths.set(before, Math.max(depth + 1, depths.get(before) ?? 0));
    }
  }
  const indexOf = (operation: Value) => indices.get(operation) ?? 0;
  return [...operations]
    .sort(([a, depthA], [b, depthB]) => depthB - depthA || indexOf(a) - indexOf(b))
    .flatMap(([operation]) => (operation.kind === 'instance' ? [operation] : []));
}

function rememberCalls(value: Value, told: (name: string, context: CallContext) => void): Value {
  if (value.kind !== 'builtin') return value;
  const made: BuiltinValue = builtin(value.name, (args, context) => {
    const result = value.run(args, context);
    if (!isFresh(result)) return result;
    const attached = attach(made, args, result);
    if (attached !== result) told(value.name, context);
    return attached;
  });
  return made;
}

/** Whether a result is made of tensors of which it is not known yet where they come from. */
function isFresh(result: Value): boolean {
  const [first] = result.kind === 'tuple' || result.kind === 'list' ? result.items : [result];
  return first !== undefined && isTensor(first) && nodeOf(first) === undefined;
}

function substitute(args: CallArguments, known: ReadonlyMap<Value, Value>): CallArguments {
  return mapArguments(args, (value) => replace(value, known));
}

function mapArguments(args: CallArguments, change: (value: Value) => Value): CallArguments {
  const other = (passed: PassedArgument): PassedArgument => ({ ...passed, value: change(passed.value) });
  return {
    ...args,
    positional: args.positional.map(other),
    keywords: new Map([...args.keywords].map(([name, passed]) => [name, other(passed)])),
  };
}

function replace(value: Value, known: ReadonlyMap<Value, Value>): Value {
  const other = known.get(value);
  if (other !== undefined) return other;
  if (value.kind === 'tuple') return tuple(value.items.map((each) => replace(each, known)));
  if (value.kind === 'list' && !value.uncertain) return list(value.items.map((each) => replace(each, known)));
  if (value.kind === 'dict' && !value.uncertain) return mapEntries(value, (each) => replace(each, known));
  return value;
}

function mapEntries(value: DictValue, change: (each: Value) => Value): DictValue {
  const entries = [...value.entries].map(
    ([key, entry]) => [key, { ...entry, value: change(entry.value) }] as const,
  );
  return { kind: 'dict', entries: new Map(entries) };
}

/** Keras takes dictionaries in the order of their keys. */
function sortedEntries(value: DictValue) {
  return [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** An unknown size does no harm: it hides no layer. */
function hiddenReason(value: Value): Reason | undefined {
  const reason = reasonOf(value);
  return reason?.code === 'no-input' ? undefined : reason;
}

function reasonOf(value: Value | undefined): Reason | undefined {
  if (value?.kind === 'unknown') return value.reason;
  return value?.kind === 'list' || value?.kind === 'dict' ? value.uncertain : undefined;
}
