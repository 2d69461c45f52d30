/** The distinct concrete layers that calls built, by model. */
import type { Evaluation } from '../frameworks/evaluation';
import type { LayerKeys } from './generalise';
import { inputsIn } from './models';
import type { BuiltLayer, InputShape } from './report';
import type { Built, Sighting } from './sighting';

/** Where a layer is in a model. */
interface Position {
  readonly model: Built;
  readonly name: string;
}

/** Tells of evaluations which layers they built. */
export interface BuiltLayers {
  /** Groups layers that are the same, of the same model and applied to the same data. */
  of(sightings: readonly Sighting[]): BuiltLayer[];
}

/** `models` are all of the analysis. */
export function createBuiltLayers(models: readonly Built[], keyOf: LayerKeys): BuiltLayers {
  const positions = new Map<Evaluation, Position[]>();
  for (const model of models) {
    for (const { name, evaluation } of model.layers) {
      const before = positions.get(evaluation);
      if (before === undefined) positions.set(evaluation, [{ model, name }]);
      else before.push({ model, name });
    }
  }
  const ids = new Set(models.map(({ id }) => id));
  // What was called to see whether it makes a model, and made none, did not happen.
  const isReal = ({ origin }: Sighting): boolean => origin.kind !== 'build' || ids.has(origin.model);
  const known = new Map<Sighting, readonly Layer[]>();
  const layersOfSighting = (sighting: Sighting): readonly Layer[] => {
    const before = known.get(sighting);
    if (before !== undefined) return before;
    const layers = isReal(sighting) ? layersBuilt(sighting, positions).map((each) => keyed(each, keyOf)) : [];
    known.set(sighting, layers);
    return layers;
  };
  return { of: (sightings) => group(sightings.flatMap(layersOfSighting)) };
}

type Unkeyed = BuiltLayer & { readonly isCertain: boolean };

/** `key` is the same for layers that are the same, of the same model and applied to the same data. */
type Layer = Unkeyed & { readonly key: string };

function keyed(layer: Unkeyed, keyOf: LayerKeys): Layer {
  const inputs = uniqueInputs(layer.inputs);
  return { ...layer, inputs, key: `${layer.model ?? ''} ${keyOf(layer.layer)} ${JSON.stringify(inputs)}` };
}

/** One layer for each model that holds what the call built; one without model where none does. */
function layersBuilt(
  { evaluation, origin, isCertain }: Sighting,
  all: Map<Evaluation, Position[]>,
): Unkeyed[] {
  if (origin.kind === 'read') return [];
  const maker = origin.kind === 'build' ? origin.model : undefined;
  const positions = all.get(evaluation);
  if (positions === undefined) {
    const inputs = evaluation.inputs.map((each) => ({ ...each, isAssumed: false }));
    return [{ layer: evaluation.layer, model: maker, names: [], inputs, isCertain }];
  }
  const byModel = new Map<Built, string[]>();
  for (const { model, name } of positions) byModel.set(model, [...(byModel.get(model) ?? []), name]);
  return [...byModel].map(([model, names]) => ({
    layer: model.measured?.layers.get(evaluation)?.layer ?? evaluation.layer,
    model: model.id,
    names,
    inputs: inputsIn(model, evaluation),
    isCertain,
  }));
}

function group(layers: readonly Layer[]): BuiltLayer[] {
  const groups = new Map<string, [Layer, ...Layer[]]>();
  for (const each of layers) {
    const same = groups.get(each.key);
    if (same === undefined) groups.set(each.key, [each]);
    else same.push(each);
  }
  return [...groups.values()].map((same) => ({
    layer: same[0].layer,
    model: same[0].model,
    count: same.every(({ isCertain }) => isCertain) ? same.length : undefined,
    names: same.flatMap(({ names }) => names),
    inputs: same[0].inputs,
  }));
}

/** Each input once. */
export function uniqueInputs(inputs: readonly InputShape[]): InputShape[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}
