/** Models as plain data: their layers under qualified names, their parameters, and the work of one run. */
import { costOf } from '../conv/cost';
import type { DataShape } from '../conv/spec';
import { evaluationOf, type Evaluation } from '../frameworks/evaluation';
import { childrenOf, totalsOf } from '../frameworks/parts';
import type { InstanceValue, Value } from '../interp/values';
import { add } from '../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../symbolic/quantity';
import type { InputShape, Model, ModelLayer, ModelMacs } from './report';
import type { Built, NamedLayer } from './sighting';
import { positionKey } from './targets';

/** A model as the report has it. */
export function modelOf(built: Built): Model {
  const { id, name, kind, place, instance, measured } = built;
  const { params, nonTrainable } = totalsOf(instance);
  const layers = built.layers.map((each) => modelLayer(each, built));
  return {
    id,
    name,
    kind,
    type: instance.class.name,
    place,
    input: measured?.input,
    params,
    nonTrainable,
    macs: macsOf(built, layers),
    layers,
    isComplete: params.kind !== 'unknown',
  };
}

/** The data that a model's run gave one of its layers. */
export function inputsIn({ measured }: Built, evaluation: Evaluation): InputShape[] {
  const isAssumed = measured?.input?.from === 'assumed';
  const inputs: readonly DataShape[] = measured?.layers.get(evaluation)?.inputs ?? evaluation.inputs;
  return inputs.map((each) => ({ ...each, isAssumed }));
}

function modelLayer({ name, evaluation }: NamedLayer, built: Built): ModelLayer {
  const { place } = evaluation.context;
  return {
    name,
    path: evaluation.path,
    siteId: positionKey(place.span.start),
    uri: place.uri,
    layer: built.measured?.layers.get(evaluation)?.layer ?? evaluation.layer,
    inputs: inputsIn(built, evaluation),
  };
}

/** The work of one run; unknown when the run was not followed to its end. */
function macsOf({ measured }: Built, layers: readonly ModelLayer[]): ModelMacs {
  if (measured === undefined) {
    const open = unknown({ code: 'no-input', subject: 'the model' });
    return { convolutions: open, linear: open, products: open };
  }
  if (!measured.isWhole) {
    const open = unknown({ code: 'unmodelled', subject: 'a part of what the model does' });
    return { convolutions: open, linear: open, products: open };
  }
  const convolutions = layers.flatMap(({ layer, inputs }) =>
    inputs.map((input) => costOf(layer, input).macs ?? unknown({ code: 'no-input', subject: 'a layer' })),
  );
  const workOf = (kind: 'linear' | 'product'): Quantity[] =>
    measured.work.filter((work) => work.kind === kind).map(({ macs }) => macs);
  return {
    convolutions: add(exact(0), ...convolutions),
    linear: add(exact(0), ...workOf('linear')),
    products: add(exact(0), ...workOf('product')),
  };
}

/** The convolutions that an object holds, at any depth, each once, in the order in which they are held. */
export function layersOf(root: InstanceValue): NamedLayer[] {
  const seen = new Set<Value>();
  const found: NamedLayer[] = [];
  // Not recursive: objects can be nested deeper than our own calls.
  const open: [path: string, value: Value][] = [['', root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    if (value.kind !== 'instance' || seen.has(value)) continue;
    seen.add(value);
    const evaluation = evaluationOf(value);
    if (evaluation !== undefined) found.push({ name: path, evaluation });
    const inner = childrenOf(value).map(([name, child]): [string, Value] => [
      path === '' ? name : `${path}.${name}`,
      child,
    ]);
    open.push(...inner.reverse());
  }
  return found;
}
