/** From evaluations to call sites: what every evaluation of a call has in common, and the layers it built. */
import type { ConvLayer, DataShape } from '../conv/spec';
import type { Evaluation } from '../frameworks/evaluation';
import { qualifiedName } from '../interp/calls';
import { comparePositions, type Span } from '../symbolic/place';
import { createAssumptions } from './assumptions';
import { blocksOfSource, type BlockServices } from './blocks';
import { createBuiltLayers, uniqueInputs } from './built';
import { agrees, forgetful, generalise, holdTo, rememberKeys } from './generalise';
import { modelOf } from './models';
import type { AssumedInput, BuiltLayer, CallSite, Finding, InputShape, Report, SiteArgument } from './report';
import type { ParsedSource } from './run';
import { rootOf, type Run, type Sighting } from './sighting';
import { assignmentTargets, positionKey } from './targets';

/** One report a source, in their order. */
export function collectReports(sources: readonly ParsedSource[], run: Run, assumed?: AssumedInput): Report[] {
  const keyOf = rememberKeys();
  const built = createBuiltLayers(run.models, keyOf);
  const services = { built, keyOf, assumptionsOf: createAssumptions() };
  const models = run.models.map(modelOf);
  const uris = new Set(sources.map(({ unit }) => unit.uri));
  const none = { ...services, assumed, targets: new Map<string, string>(), errors: [] };
  const elsewhere = sitesOf(
    run.sightings.filter((each) => !uris.has(uriOf(each)) && !uriOf(each).startsWith('convlens:')),
    none,
  );
  return sources.map((source, index) => {
    const { unit, module } = source;
    const targets = assignmentTargets(module.body, unit.textOf);
    const own = run.sightings.filter((each) => uriOf(each) === unit.uri);
    return {
      uri: unit.uri,
      sites: sitesOf(own, { ...services, assumed, targets, errors: module.errors }),
      blocks: blocksOfSource(source, run.sightings, targets, services),
      elsewhere: index === 0 ? elsewhere : [],
      models: models.filter((model) => model.place.uri === unit.uri),
      findings: run.findings.filter((finding) => finding.place.uri === unit.uri),
    };
  });
}

function uriOf({ evaluation }: Sighting): string {
  return evaluation.context.frame.unit.uri;
}

/** What sites of one file are made from. */
interface SiteServices extends BlockServices {
  readonly targets: ReadonlyMap<string, string>;
  readonly assumed: AssumedInput | undefined;
  /** Stretches of text that are not valid Python. */
  readonly errors: readonly Span[];
}

function sitesOf(sightings: readonly Sighting[], services: SiteServices): CallSite[] {
  const sites = groupByCall(sightings).map((group) => siteOf(group, services));
  return sites.sort((a, b) => comparePositions(a.place.span.start, b.place.span.start));
}

type Group = readonly [Sighting, ...Sighting[]];

function groupByCall(sightings: readonly Sighting[]): Group[] {
  const groups = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of sightings) {
    const { uri, span } = sighting.evaluation.context.place;
    const key = `${uri} ${positionKey(span.start)}-${positionKey(span.end)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sighting]);
    else group.push(sighting);
  }
  return [...groups.values()];
}

function siteOf(group: Group, services: SiteServices): CallSite {
  const [first] = group;
  const { context, path, framework, role } = first.evaluation;
  const { frame, place, call } = context;
  const general = generalSightings(group);
  const read = generalise(nonEmpty(general.map(layerOf)), services.keyOf);
  const ran = group.filter((each) => rootOf(each) === undefined).map(({ evaluation }) => evaluation);
  const assumes = services.assumptionsOf(general);
  const layer = assumes.length === 0 ? ran.reduce((held, { layer: each }) => holdTo(held, each), read) : read;
  const built = services.built.of(group);
  return {
    id: positionKey(place.span.start),
    place,
    callee: frame.unit.textOf(call?.callee.span ?? place.span),
    calleeSpan: call?.callee.span ?? place.span,
    path,
    framework,
    role,
    scope: frame.function === undefined ? '' : qualifiedName(frame.function),
    target: services.targets.get(positionKey(place.span.start)),
    arguments: argumentsOf(first.evaluation),
    layer,
    assumes,
    input:
      inputOf(layer, ran, general) ??
      inputInModels(layer, built) ??
      assumedInput(layer, built, services.assumed),
    built,
    findings: isBeingTyped(place.span, services.errors)
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
  const ran = group.filter(({ origin }) => origin.kind === 'run');
  return direct.length > 0 ? direct : ran.length > 0 ? ran : group;
}

function isReadDirectly(sighting: Sighting): boolean {
  const { evaluation } = sighting;
  const root = rootOf(sighting);
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
  const inputs = uniqueInputs(
    evaluations.flatMap(({ inputs: all }) => all.map((each: DataShape) => ({ ...each, isAssumed: false }))),
  );
  return inputs.length === 1 ? inputs[0] : undefined;
}

/** The one input that the layers of the models had, where they are stated as they were built. */
function inputInModels(layer: ConvLayer, built: readonly BuiltLayer[]): InputShape | undefined {
  const inputs = uniqueInputs(built.flatMap((each) => each.inputs));
  return built.every((each) => agrees(layer, each.layer)) && inputs.length === 1 ? inputs[0] : undefined;
}

/** The input size of the settings, with the channels that the layer asks for. */
function assumedInput(
  layer: ConvLayer,
  built: readonly BuiltLayer[],
  assumed: AssumedInput | undefined,
): InputShape | undefined {
  const [stage] = layer.stages;
  // In a model the data has the size that the layers before this one leave it.
  if (built.some(({ inputs }) => inputs.length > 0)) return undefined;
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
