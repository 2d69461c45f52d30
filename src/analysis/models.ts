/** Module instances that the module's own names hold, with their layers and, where every part was read, their totals. */
import { evaluationOf, type Evaluation } from '../frameworks/evaluation';
import { isModule, ownParameters } from '../frameworks/parts';
import type { InstanceValue, Value } from '../interp/values';
import { add } from '../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../symbolic/quantity';
import { positionKey } from './targets';
import type { Model } from './report';

/** A layer under its qualified name, such as `net.features.0`. */
interface NamedLayer {
  readonly name: string;
  readonly evaluation: Evaluation;
}

/** The models among the names of a module; layers on their own are none. */
export function modelsOf(names: ReadonlyMap<string, Value>): Model[] {
  return [...names].flatMap(([name, value]): Model[] => {
    if (value.kind !== 'instance' || evaluationOf(value) !== undefined || !isModule(value) || !value.madeAt)
      return [];
    const layers = layersOf(value, name);
    if (layers.length === 0) return [];
    const params = parametersOf(value);
    const unread = unknown({ code: 'unmodelled', subject: 'the total over all layers' });
    return [
      {
        id: name,
        name,
        kind: 'object',
        place: value.madeAt,
        params,
        macs: { convolutions: unread, linear: unread, products: unread },
        layers: layers.map(({ name: qualified, evaluation }) => ({
          name: qualified.slice(name.length + 1),
          siteId: positionKey(evaluation.context.place.span.start),
          uri: evaluation.context.place.uri,
          path: evaluation.path,
          layer: evaluation.layer,
          inputs: [],
        })),
        isComplete: params.kind !== 'unknown',
      },
    ];
  });
}

/** The convolutions that an object holds, at any depth, each once. */
export function layersOf(root: InstanceValue, name: string): NamedLayer[] {
  const seen = new Set<Value>();
  const visit = (value: Value, path: string): NamedLayer[] => {
    if (value.kind !== 'instance' || seen.has(value)) return [];
    seen.add(value);
    const evaluation = evaluationOf(value);
    const own = evaluation === undefined ? [] : [{ name: path, evaluation }];
    return [
      ...own,
      ...[...value.attributes].flatMap(([attribute, inner]) => visit(inner, `${path}.${attribute}`)),
    ];
  };
  return visit(root, name);
}

/** All trainable numbers of an object and what it holds; unknown when a part of it was not read. */
function parametersOf(root: InstanceValue): Quantity {
  const seen = new Set<Value>();
  const visit = (value: Value): Quantity => {
    if (value.kind === 'unknown') return value;
    if (value.kind !== 'instance' || seen.has(value)) return exact(0);
    seen.add(value);
    const own = ownParameters(value);
    if (own === undefined || evaluationOf(value) !== undefined) return own ?? exact(0);
    return add(own, ...[...value.attributes.values()].map(visit));
  };
  return visit(root);
}
