/** One analysis from module bodies to evaluations: runs what the code runs, builds its models, reads the rest. */
import { BudgetSpent } from '../interp/budget';
import type { Frame } from '../interp/call';
import { loseScopes } from '../interp/calls';
import { createScope, type SourceUnit } from '../interp/scope';
import { Raised } from '../interp/trail';
import type { FunctionValue } from '../interp/values';
import type { Module, Statement } from '../python/syntax';
import { buildModels, type ModelInputs } from './build';
import { explore } from './explore';
import type { Place } from '../symbolic/place';
import { Session, type SessionServices } from './session';
import { assignedNames } from './targets';
import type { Run } from './sighting';

/** A source with its syntax. */
export interface ParsedSource {
  readonly unit: SourceUnit;
  readonly module: Module;
}

/** Runs sources that share one namespace, in order, builds their models, and explores their functions and classes. */
export function runSources(
  sources: readonly ParsedSource[],
  services: SessionServices,
  inputs: ModelInputs = {},
): Run {
  const session = new Session(services);
  const scope = createScope('module');
  session.budget.refill('module');
  for (const { unit } of sources) {
    session.uris.add(unit.uri);
    session.modules.enter(unit.uri, scope);
  }
  for (const { unit, module } of sources) runModule(session, module, { scope, unit, depth: 0 });
  const names = new Map(scope.variables);
  const isGeneral = services.extent === 'general';
  const building = isGeneral
    ? { models: [], known: new Set<FunctionValue>() }
    : session.aloof(() => buildModels(session, scope, names, { ...inputs, placeOf: placesOfNames(sources) }));
  explore(session, scope, names, building.known);
  return { sightings: session.sightings, models: building.models, findings: session.findings, names };
}

/** Tells where the sources assign a name last. */
function placesOfNames(sources: readonly ParsedSource[]): (name: string) => Place | undefined {
  const places = new Map<string, Place>();
  for (const { unit, module } of sources)
    for (const [name, span] of assignedNames(module.body)) places.set(name, { uri: unit.uri, span });
  return (name) => places.get(name);
}

/** Statement by statement, so that one that raises does not hide the rest. */
function runModule(session: Session, { body }: Module, frame: Frame): void {
  for (const statement of body) {
    const start = session.sightings.length;
    try {
      session.interpreter.execute([statement], frame);
    } catch (error) {
      if (error instanceof Raised) reportRaised(session, error, statement, frame);
      else if (error instanceof BudgetSpent) giveUp(session, error.limit, start, statement, frame);
      else if (error instanceof RangeError) giveUp(session, 'nesting', start, statement, frame);
      else throw error;
    }
  }
}

function reportRaised({ findings }: Session, error: Raised, statement: Statement, frame: Frame): void {
  const place = { uri: frame.unit.uri, span: statement.span };
  const message = `this code raises: ${error.text}`;
  findings.push({ code: 'python.raises', severity: 'information', message, place });
}

/** Leaves a statement: whatever it may have changed is unknown to what follows. */
function giveUp(session: Session, limit: string, start: number, statement: Statement, frame: Frame): void {
  const { budget, findings, interpreter } = session;
  const place = { uri: frame.unit.uri, span: statement.span };
  const message = `the analysis stopped here at its limit of ${limit}; what this statement changes is unknown`;
  findings.push({ code: 'analysis.budget', severity: 'information', message, place });
  session.cutShort(start);
  const subject = `a statement that passes the limit of ${limit}`;
  budget.free(() => loseScopes(interpreter, frame.scope, { code: 'budget', subject, place }));
  budget.refill('exploration');
}
