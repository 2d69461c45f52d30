/** Calls of functions and classes written in Python that build convolutions somewhere inside. */
import type { CallContext } from '../interp/call';
import type { Call } from '../python/syntax';
import { qualifiedName } from '../interp/calls';
import { comparePositions } from '../symbolic/place';
import type { Assumptions } from './assumptions';
import type { BuiltLayers } from './built';
import { generalise, type LayerKeys } from './generalise';
import type { BlockCall, BuiltLayer, HeldLayer, SiteReference } from './report';
import type { ParsedSource } from './run';
import { rootOf, type Sighting } from './sighting';
import { positionKey } from './targets';

/** A call on the way to an evaluation. */
interface Step {
  readonly call: CallContext;
  readonly sighting: Sighting;
  /** Where the evaluated call stands, as text. */
  readonly site: string;
}

/** What block calls are made from. */
export interface BlockServices {
  readonly built: BuiltLayers;
  readonly keyOf: LayerKeys;
  readonly assumptionsOf: Assumptions;
}

/** The block calls that stand in a source, in source order. */
export function blocksOfSource(
  { unit }: ParsedSource,
  sightings: readonly Sighting[],
  targets: ReadonlyMap<string, string>,
  services: BlockServices,
): BlockCall[] {
  const groups = new Map<Call, [Step, ...Step[]]>();
  for (const sighting of sightings) {
    const site = siteKey(sighting);
    for (const call of callsBehind(sighting)) {
      if (call.frame.unit.uri !== unit.uri || call.call === undefined) continue;
      const step = { call, sighting, site };
      const group = groups.get(call.call);
      if (group === undefined) groups.set(call.call, [step]);
      else group.push(step);
    }
  }
  const blocks = [...groups.values()].map((steps) => blockOf(steps, targets, services));
  return blocks.sort((a, b) => comparePositions(a.place.span.start, b.place.span.start));
}

/** The calls that led to an evaluation, from the inside out, the evaluated one left out. */
function callsBehind({ evaluation }: Sighting): CallContext[] {
  const calls: CallContext[] = [];
  for (let call = evaluation.context.frame.caller; call !== undefined; call = call.frame.caller)
    calls.push(call);
  return calls;
}

function blockOf(
  steps: readonly [Step, ...Step[]],
  targets: ReadonlyMap<string, string>,
  { built, keyOf, assumptionsOf }: BlockServices,
): BlockCall {
  const [{ call }] = steps;
  const { frame, place } = call;
  const callee = call.call?.callee.span ?? place.span;
  const general = generalSteps(steps);
  return {
    id: positionKey(place.span.start),
    place,
    callee: frame.unit.textOf(callee),
    calleeSpan: callee,
    scope: frame.function === undefined ? '' : qualifiedName(frame.function),
    target: targets.get(positionKey(place.span.start)),
    holds: heldLayers(general, keyOf),
    assumes: assumptionsOf(general.map(({ sighting }) => sighting)),
    built: layersBySite(steps, built),
  };
}

/** Those of the enclosing function read on its own, else those of the code's own run, else all. */
function generalSteps(steps: readonly Step[]): readonly Step[] {
  const direct = steps.filter(({ call, sighting }) => {
    const root = rootOf(sighting);
    return root !== undefined && root.definition === call.frame.function?.definition;
  });
  if (direct.length > 0) return direct;
  const ran = steps.filter(({ sighting }) => sighting.origin.kind === 'run');
  return ran.length > 0 ? ran : steps;
}

/** The layers that one evaluation of the call builds, in order; those of several evaluations position by position. */
function heldLayers(steps: readonly Step[], keyOf: LayerKeys): HeldLayer[] {
  const evaluations = new Map<CallContext, Step[]>();
  for (const step of steps) {
    const before = evaluations.get(step.call);
    if (before === undefined) evaluations.set(step.call, [step]);
    else before.push(step);
  }
  const [first = [], ...others] = [...evaluations.values()];
  const isAlike = others.every(
    (each) => each.length === first.length && each.every(({ site }, at) => site === first[at]?.site),
  );
  if (!isAlike) return bySite(steps).map((sightings) => heldLayer(sightings, keyOf));
  const held = first.map(({ sighting }, position) => {
    const same = [sighting, ...others.flatMap((each) => each[position]?.sighting ?? [])];
    return { ...heldLayer(same, keyOf), count: same.every(({ isCertain }) => isCertain) ? 1 : undefined };
  });
  return merged(held, keyOf);
}

/** What was seen of each site. */
function bySite(steps: readonly Step[]): Sighting[][] {
  const groups = new Map<string, Sighting[]>();
  for (const { sighting, site } of steps) {
    const group = groups.get(site);
    if (group === undefined) groups.set(site, [sighting]);
    else group.push(sighting);
  }
  return [...groups.values()];
}

function heldLayer(sightings: readonly Sighting[], keyOf: LayerKeys): HeldLayer {
  const [first, ...others] = sightings.map(({ evaluation }) => evaluation);
  if (first === undefined) throw new Error('a held layer has no evaluation');
  const layer = generalise([first.layer, ...others.map((each) => each.layer)], keyOf);
  return { ...siteOf(first.context), path: first.path, layer };
}

/** Layers of one site that are the same, counted. */
function merged(layers: readonly HeldLayer[], keyOf: LayerKeys): HeldLayer[] {
  const groups = new Map<string, HeldLayer>();
  for (const each of layers) {
    const key = `${each.uri} ${each.siteId} ${each.count ?? '?'} ${keyOf(each.layer)}`;
    const before = groups.get(key);
    const count =
      before?.count === undefined || each.count === undefined ? each.count : before.count + each.count;
    groups.set(key, { ...each, count });
  }
  return [...groups.values()];
}

function layersBySite(steps: readonly Step[], built: BuiltLayers): (BuiltLayer & SiteReference)[] {
  return bySite(steps).flatMap((sightings) => {
    const context = sightings[0]?.evaluation.context;
    return context === undefined ? [] : built.of(sightings).map((each) => ({ ...each, ...siteOf(context) }));
  });
}

function siteKey({ evaluation }: Sighting): string {
  const { uri, siteId } = siteOf(evaluation.context);
  return `${uri}#${siteId}`;
}

function siteOf({ place }: CallContext): SiteReference {
  return { uri: place.uri, siteId: positionKey(place.span.start) };
}
