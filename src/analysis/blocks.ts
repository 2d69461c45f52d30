/** Calls of functions and classes written in Python that build convolutions somewhere inside. */
import type { CallContext } from '../interp/call';
import { qualifiedName } from '../interp/calls';
import { comparePositions } from '../symbolic/place';
import type { Assumptions } from './assumptions';
import type { BuiltLayers } from './built';
import { generalise, layerKey } from './generalise';
import type { BlockCall, BuiltLayer, HeldLayer, SiteReference } from './report';
import type { ParsedSource } from './run';
import { rootOf, type Sighting } from './sighting';
import { positionKey } from './targets';

/** A call on the way to an evaluation. */
interface Step {
  readonly call: CallContext;
  readonly sighting: Sighting;
}

/** What block calls are made from. */
export interface BlockServices {
  readonly built: BuiltLayers;
  readonly assumptionsOf: Assumptions;
}

/** The block calls that stand in a source, in source order. */
export function blocksOfSource(
  { unit }: ParsedSource,
  sightings: readonly Sighting[],
  targets: ReadonlyMap<string, string>,
  services: BlockServices,
): BlockCall[] {
  const groups = new Map<string, [Step, ...Step[]]>();
  for (const sighting of sightings) {
    for (const call of callsBehind(sighting)) {
      if (call.frame.unit.uri !== unit.uri || call.call === undefined) continue;
      const key = JSON.stringify(call.place.span);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ call, sighting }]);
      else group.push({ call, sighting });
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
  { built, assumptionsOf }: BlockServices,
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
    holds: heldLayers(general),
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
function heldLayers(steps: readonly Step[]): HeldLayer[] {
  const evaluations = new Map<CallContext, Sighting[]>();
  for (const { call, sighting } of steps) {
    const before = evaluations.get(call);
    if (before === undefined) evaluations.set(call, [sighting]);
    else before.push(sighting);
  }
  const [first = [], ...others] = [...evaluations.values()];
  const order = (sightings: readonly Sighting[]): string => sightings.map(siteKey).join();
  const isAlike = others.every((each) => order(each) === order(first));
  if (!isAlike) return heldBySite([...evaluations.values()].flat());
  const held = first.map((sighting, position) => {
    const same = [sighting, ...others.flatMap((each) => each[position] ?? [])];
    return { ...heldLayer(same), count: same.every(({ isCertain }) => isCertain) ? 1 : undefined };
  });
  return merged(held);
}

/** Calls that build one thing or another: what all layers of a site have in common, their number open. */
function heldBySite(sightings: readonly Sighting[]): HeldLayer[] {
  const groups = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of sightings) {
    const group = groups.get(siteKey(sighting));
    if (group === undefined) groups.set(siteKey(sighting), [sighting]);
    else group.push(sighting);
  }
  return [...groups.values()].map(heldLayer);
}

function heldLayer(sightings: readonly Sighting[]): HeldLayer {
  const [first, ...others] = sightings.map(({ evaluation }) => evaluation);
  if (first === undefined) throw new Error('a held layer has no evaluation');
  const layer = generalise([first.layer, ...others.map((each) => each.layer)]);
  return { ...siteOf(first.context), path: first.path, layer };
}

/** Layers of one site that are the same, counted. */
function merged(layers: readonly HeldLayer[]): HeldLayer[] {
  const groups = new Map<string, HeldLayer>();
  for (const each of layers) {
    const key = `${each.uri} ${each.siteId} ${each.count ?? '?'} ${layerKey(each.layer)}`;
    const before = groups.get(key);
    const count =
      before?.count === undefined || each.count === undefined ? each.count : before.count + each.count;
    groups.set(key, { ...each, count });
  }
  return [...groups.values()];
}

function layersBySite(steps: readonly Step[], built: BuiltLayers): (BuiltLayer & SiteReference)[] {
  const groups = new Map<string, Sighting[]>();
  for (const { sighting } of steps) {
    const group = groups.get(siteKey(sighting));
    if (group === undefined) groups.set(siteKey(sighting), [sighting]);
    else group.push(sighting);
  }
  return [...groups.values()].flatMap((sightings) => {
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
