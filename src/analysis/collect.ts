/** From evaluations to call sites: what every evaluation of a call has in common, and the layers it built. */
import type { ConvLayer, DataShape } from '../conv/spec';
import { evaluationOf, type Evaluation, type Finding } from '../frameworks/evaluation';
import { qualifiedName } from '../interp/calls';
import type { Value } from '../interp/values';
import { comparePositions, type Span } from '../symbolic/place';
import { createAssumptions, type Assumptions } from './assumptions';
import { agrees, forgetful, generalise, holdTo, layerKey } from './generalise';
import { layersOf, modelsOf } from './models';
import type { AssumedInput, BuiltLayer, CallSite, InputShape, Report, SiteArgument } from './report';
import type { ParsedSource, Run, Sighting } from './run';
import { assignmentTargets, positionKey } from './targets';

/** One report a source, in their order. */
export function collectReports(sources: readonly ParsedSource[], run: Run, assumed?: AssumedInput): Report[] {
  const names = namesOfLayers(run.names);
  const models = modelsOf(run.names);
  const assumptionsOf = createAssumptions();
  return sources.map(({ unit, module }) => {
    const targets = assignmentTargets(module.body, unit.textOf);
    const groups = groupByCall(
      run.sightings.filter(({ evaluation }) => evaluation.context.frame.unit.uri === unit.uri),
    );
    const sites = groups.map((group) => siteOf(group, targets, names, assumed, module.errors, assumptionsOf));
    sites.sort((a, b) => comparePositions(a.place.span.start, b.place.span.start));
    const findings = run.findings.filter((finding) => finding.place.uri === unit.uri);
    const ownModels = models.filter((model) => model.place.uri === unit.uri);
    return { uri: unit.uri, sites, blocks: [], elsewhere: [], models: ownModels, findings };
  });
}

type Group = readonly [Sighting, ...Sighting[]];

function groupByCall(sightings: readonly Sighting[]): Group[] {
  const groups = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of sightings) {
    const { start, end } = sighting.evaluation.context.place.span;
    const key = `${positionKey(start)}-${positionKey(end)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sighting]);
    else group.push(sighting);
  }
  return [...groups.values()];
}

function siteOf(
  group: Group,
  targets: ReadonlyMap<string, string>,
  names: ReadonlyMap<Evaluation, readonly string[]>,
  assumed: AssumedInput | undefined,
  errors: readonly Span[],
  assumptionsOf: Assumptions,
): CallSite {
  const [first] = group;
  const { context, path, framework, role } = first.evaluation;
  const { frame, place, call } = context;
  const general = generalSightings(group);
  const read = generalise(nonEmpty(general.map(layerOf)));
  const ran = group.filter(({ root }) => root === undefined).map(({ evaluation }) => evaluation);
  const assumes = assumptionsOf(general);
  const layer = assumes.length === 0 ? ran.reduce((held, { layer: each }) => holdTo(held, each), read) : read;
  return {
    id: positionKey(place.span.start),
    place,
    callee: frame.unit.textOf(call?.callee.span ?? place.span),
    calleeSpan: call?.callee.span ?? place.span,
    path,
    framework,
    role,
    scope: frame.function === undefined ? '' : qualifiedName(frame.function),
    target: targets.get(positionKey(place.span.start)),
    arguments: argumentsOf(first.evaluation),
    layer,
    assumes,
    input: inputOf(layer, ran, general) ?? assumedInput(layer, assumed),
    built: builtLayers(group, names),
    findings: isBeingTyped(place.span, errors)
      ? []
      : uniqueFindings(group.flatMap(({ evaluation }) => evaluation.findings)),
  };
}

/** Whether the text of a call is not valid Python, as while it is typed: then it is read, but not judged. */
function isBeingTyped(span: Span, errors: readonly Span[]): boolean {
  return errors.some((error) => error.start.line <= span.end.line && span.start.line <= error.end.line);
}

/** Those of the enclosing function read on its own, else those of the code's own run, else all. */
function generalSightings(group: Group): readonly Sighting[] {
  const direct = group.filter(isReadDirectly);
  const ran = group.filter(({ root }) => root === undefined);
  return direct.length > 0 ? direct : ran.length > 0 ? ran : group;
}

function isReadDirectly({ root, evaluation }: Sighting): boolean {
  return root !== undefined && root.definition === evaluation.context.frame.function?.definition;
}

/** The layer of a sighting, as far as it holds for evaluations that were not followed. */
function layerOf({ evaluation, isCutShort }: Sighting): ConvLayer {
  const written = evaluation.context.call?.arguments ?? [];
  const isLiteral = written.every(({ value }) => ['integer', 'string', 'constant'].includes(value.kind));
  return isCutShort && !isLiteral ? forgetful(evaluation.layer, evaluation.context.place) : evaluation.layer;
}

function nonEmpty(layers: readonly ConvLayer[]): readonly [ConvLayer, ...ConvLayer[]] {
  const [first, ...rest] = layers;
  if (first === undefined) throw new Error('a call site has no evaluation');
  return [first, ...rest];
}

function argumentsOf({ bound, context }: Evaluation): SiteArgument[] {
  const written = context.call?.arguments ?? [];
  return [...bound].flatMap(([parameter, { source }]) =>
    source && written.includes(source)
      ? [{ parameter, span: source.span, text: context.frame.unit.textOf(source.span) }]
      : [],
  );
}

function builtLayers(group: Group, names: ReadonlyMap<Evaluation, readonly string[]>): BuiltLayer[] {
  const built = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of group.filter(({ root }) => root === undefined)) {
    const { layer, inputs } = sighting.evaluation;
    const key = layerKey(layer) + JSON.stringify(uniqueInputs(inputs));
    const same = built.get(key);
    if (same === undefined) built.set(key, [sighting]);
    else same.push(sighting);
  }
  return [...built.values()].map((sightings) => ({
    layer: sightings[0].evaluation.layer,
    count: sightings.every(({ isCertain }) => isCertain) ? sightings.length : undefined,
    names: sightings.flatMap(({ evaluation }) => names.get(evaluation) ?? []),
    inputs: uniqueInputs(sightings.flatMap(({ evaluation }) => evaluation.inputs)),
  }));
}

/** The data of the layers that the code's own run built, unless the layer is stated otherwise than they were built. */
function inputOf(
  layer: ConvLayer,
  ran: readonly Evaluation[],
  general: readonly Sighting[],
): InputShape | undefined {
  const isBuiltSo = ran.length > 0 && ran.every((evaluation) => agrees(layer, evaluation.layer));
  return commonInput(isBuiltSo ? ran : general.map(({ evaluation }) => evaluation));
}

/** The one input that all applications had. */
function commonInput(evaluations: readonly Evaluation[]): InputShape | undefined {
  const inputs = uniqueInputs(evaluations.flatMap(({ inputs: all }) => all));
  return inputs.length === 1 ? inputs[0] : undefined;
}

function uniqueInputs(inputs: readonly DataShape[]): InputShape[] {
  const unique = new Map(inputs.map((input) => [JSON.stringify(input), input]));
  return [...unique.values()].map((input) => ({ ...input, isAssumed: false }));
}

/** The input size of the settings, with the channels that the layer asks for. */
function assumedInput(layer: ConvLayer, assumed: AssumedInput | undefined): InputShape | undefined {
  const [stage] = layer.stages;
  if (assumed?.spatial.length !== stage.rank) return undefined;
  const exact = (value: number) => ({ kind: 'exact', value }) as const;
  return {
    batch: exact(assumed.batch),
    channels: stage.inChannels,
    spatial: assumed.spatial.map(exact),
    isAssumed: true,
  };
}

function uniqueFindings(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** The qualified names of layers that objects of the module hold: `net.features.0`. */
function namesOfLayers(names: ReadonlyMap<string, Value>): ReadonlyMap<Evaluation, readonly string[]> {
  const found = new Map<Evaluation, string[]>();
  for (const [name, value] of names) {
    if (value.kind !== 'instance' || evaluationOf(value) !== undefined) continue;
    for (const { name: path, evaluation } of layersOf(value, name)) {
      found.set(evaluation, [...(found.get(evaluation) ?? []), path]);
    }
  }
  return found;
}
