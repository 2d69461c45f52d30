/** Models: those that names of the module hold, those its builders return, and its classes called with their defaults. */
import type { ConvLayer, DataShape } from '../conv/spec';
import { evaluationOf, type Evaluation } from '../frameworks/evaluation';
import { expectedShape, isModule } from '../frameworks/parts';
import { shapeOf } from '../frameworks/tensor';
import type { Shape } from '../frameworks/shapes';
import { positional, type CallContext, type Frame } from '../interp/call';
import { resolutionOrder } from '../interp/classes';
import type { Scope } from '../interp/scope';
import { NONE, parametersOf, tuple, type ClassValue, type FunctionValue, type Value } from '../interp/values';
import { exact, numbersOf } from '../symbolic/quantity';
import type { Place } from '../symbolic/place';
import { layersOf } from './models';
import type { AssumedInput, ModelInput } from './report';
import type { Session } from './session';
import type { Built, Measured, NamedLayer } from './sighting';

/** The sizes of data that models are run with. */
export interface ModelInputs {
  /** By the `id` of a model. */
  readonly set?: Readonly<Record<string, readonly number[]>>;
  readonly assumed?: AssumedInput;
}

/** What is known of models besides their code. */
export interface ModelSources extends ModelInputs {
  /** Where the module assigns the name last. */
  placeOf(name: string): Place | undefined;
}

/** What building found: the models, and the functions that need no reading on their own any more. */
export interface Building {
  readonly models: readonly Built[];
  readonly known: ReadonlySet<FunctionValue>;
}

/** Builds and measures all models of the module whose body has run. */
export function buildModels(
  session: Session,
  scope: Scope,
  names: ReadonlyMap<string, Value>,
  sources: ModelSources,
): Building {
  const builder = new Builder(session, scope, sources);
  for (const [name, value] of names) builder.hold(name, value);
  for (const [name, value] of names) builder.tryFunction(name, value);
  const made = builder.madeClasses();
  for (const [name, value] of names) builder.tryClass(name, value, made);
  return builder;
}

class Builder implements Building {
  readonly models: Built[] = [];
  readonly known = new Set<FunctionValue>();

  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
    private readonly sources: ModelSources,
  ) {}

  /** A name of the module that stands for a model. */
  hold(name: string, value: Value): void {
    const found = modelIn(value);
    const place = this.sources.placeOf(name) ?? found?.instance.madeAt;
    if (found === undefined || place === undefined) return;
    const part = { id: name, name, kind: 'object' as const, place, ...found };
    this.session.isolated({ kind: 'build', model: name }, 'build', () => this.add(part));
  }

  /** A function that can be called without arguments may return a model. */
  tryFunction(name: string, value: Value): void {
    const made = this.ownFunction(name, value);
    if (made === undefined || made.definition.kind !== 'function') return;
    const { nameSpan } = made.definition;
    const isDone = this.build(name, 'builder', value, { uri: made.unit.uri, span: nameSpan });
    if (isDone && this.needsNoReading(made)) this.known.add(made);
  }

  /** A module class that can be called without arguments and of which the code makes no instances itself. */
  tryClass(name: string, value: Value, made: ReadonlySet<ClassValue>): void {
    if (value.kind !== 'class' || value.unit === undefined || !this.session.uris.has(value.unit.uri)) return;
    if (value.name !== name || made.has(value)) return;
    const initialise = initialiserOf(value);
    if (!isModuleClass(value) || (initialise !== undefined && !takesNothing(initialise, 1))) return;
    const place = value.definition && { uri: value.unit.uri, span: value.definition.nameSpan };
    if (place !== undefined) this.build(name, 'class', value, place);
  }

  /** Calls what makes a model; says whether the call was followed to its end. */
  private build(name: string, kind: 'builder' | 'class', maker: Value, place: Place): boolean {
    const { session } = this;
    const id = `${name}()`;
    const state = { isDone: false };
    session.isolated({ kind: 'build', model: id }, 'build', () => {
      const context = this.context(place);
      const start = session.sightings.length;
      const made: { value: Value } = { value: NONE };
      const work = session.collectWork(() => {
        made.value = session.interpreter.call(maker, positional(), context);
      });
      state.isDone = true;
      const found = modelIn(made.value);
      if (found === undefined) return;
      const seen = session.sightings.slice(start).map(({ evaluation }) => evaluation);
      this.add({ id, name, kind, place, ...found }, { seen, work });
    });
    return state.isDone;
  }

  private add(part: Omit<Built, 'measured'>, making?: Making): void {
    const { set, assumed } = this.sources;
    const chosen = set?.[part.id];
    const [called] = this.session.calls.get(part.instance) ?? [];
    // What a model was made for is what its code says, and a run on it counts just what the model holds.
    const expected = expectedShape(part.instance);
    const ofCode = expected !== undefined && numbersOf(expected) !== undefined ? expected : called;
    const input =
      chosen !== undefined
        ? ({ shape: chosen.map(exact), from: 'set' } as const)
        : ofCode !== undefined
          ? ({ shape: ofCode, from: 'code' } as const)
          : undefined;
    const wasRun =
      input === undefined &&
      expected === undefined &&
      making?.seen.some(({ inputs }) => inputs.length > 0) === true;
    const start = this.session.sightings.length;
    const measured = wasRun
      ? measuredWhileMade(making)
      : this.measure(part, input ?? assumedFor(part.layers, assumed));
    // What the code itself ran was seen then.
    if (called !== undefined && ofCode === called && chosen === undefined)
      this.session.sightings.splice(start);
    this.models.push({ ...part, measured });
  }

  /** Runs the model on data of the size; whatever the run teaches its layers is taken back. */
  private measure(
    { instance, layers: held, place }: Omit<Built, 'measured'>,
    input: ModelInput | undefined,
  ): Measured | undefined {
    const { session } = this;
    const sizes = input && numbersOf(input.shape);
    if (input === undefined || sizes === undefined) return undefined;
    const parts = held.map(({ evaluation }) => evaluation);
    const before = new Map(parts.map((each) => [each, { layer: each.layer, inputs: each.inputs.length }]));
    const findings = new Map(parts.map((each) => [each, each.findings.length]));
    const context = this.context(place);
    const state = { isWhole: false };
    const uncertain = session.uncertain;
    const work = session.collectWork(() => {
      const data = this.dataOf(parts[0], sizes, context);
      const evaluate = session.interpreter.attribute(instance, 'eval', context);
      if (parts[0]?.framework === 'torch') session.interpreter.call(evaluate, positional(), context);
      const ending = session.attempt('build', () => {
        const result = session.interpreter.call(instance, positional(data), context);
        state.isWhole = isKnown(result);
      });
      state.isWhole &&= ending === 'done' && session.uncertain === uncertain;
    });
    const layers = new Map<
      Evaluation,
      { readonly layer: ConvLayer; readonly inputs: readonly DataShape[] }
    >();
    for (const [evaluation, { layer, inputs }] of before) {
      layers.set(evaluation, { layer: evaluation.layer, inputs: evaluation.inputs.splice(inputs) });
      evaluation.layer = layer;
      evaluation.findings.splice(findings.get(evaluation) ?? 0);
    }
    return { input, layers, work, isWhole: state.isWhole };
  }

  private dataOf(first: Evaluation | undefined, sizes: readonly number[], context: CallContext): Value {
    const { library, interpreter } = this.session;
    const shape = tuple(sizes.map((value) => ({ kind: 'int', value })));
    const zeros = library.described(first?.framework === 'torch' ? 'torch.zeros' : 'tensorflow.zeros');
    return zeros ? interpreter.call(zeros, positional(shape), context) : NONE;
  }

  /** The classes of which the code or a builder makes instances with layers in them. */
  madeClasses(): ReadonlySet<ClassValue> {
    const frames = new Set<Frame>();
    const classes = new Set<ClassValue>();
    for (const { evaluation } of this.session.sightings) {
      let frame: Frame | undefined = evaluation.context.frame;
      for (; frame !== undefined && !frames.has(frame); frame = frame.caller?.frame) {
        frames.add(frame);
        if (frame.self?.kind === 'instance') classes.add(frame.self.class);
      }
    }
    return classes;
  }

  /** The function written in the sources that a name stands for, if it can be called without arguments. */
  private ownFunction(name: string, value: Value): FunctionValue | undefined {
    if (value.kind !== 'function') return undefined;
    const own = [...this.session.defined.values()].find(
      (made) => made.name === name && made.closure === this.scope && made.owner === undefined,
    );
    return own !== undefined && takesNothing(own, 0) ? own : undefined;
  }

  /** Reading a function on its own tells more than calling it only of its own calls and ways. */
  private needsNoReading(made: FunctionValue): boolean {
    const { definition } = made;
    const isOfItsOwn = this.session.sightings.some(
      ({ evaluation }) => evaluation.context.frame.function?.definition === definition,
    );
    return isMaker(made) && !isOfItsOwn;
  }

  private context({ uri, span }: Place): CallContext {
    const unit = { uri, textOf: () => '' };
    return this.session.contextAt({ scope: this.scope, unit, depth: 0 }, span);
  }
}

/** Whether a function takes nothing and has one way through it, as those that make a model of certain sizes. */
export function isMaker(made: FunctionValue): boolean {
  const { definition } = made;
  return (
    takesNothing(made, 0) &&
    definition.kind === 'function' &&
    definition.body.every(({ kind }) => ['expression', 'assignment', 'return', 'pass'].includes(kind))
  );
}

/** What was seen while a model was made. */
interface Making {
  readonly seen: readonly Evaluation[];
  readonly work: Measured['work'];
}

/** Models that are made by applying layers to data, such as those of Keras' functional API. */
function measuredWhileMade({ seen, work }: Making): Measured {
  const layers = new Map(seen.map((each) => [each, { layer: each.layer, inputs: [...each.inputs] }]));
  return { layers, work, isWhole: seen.every(({ inputs }) => inputs.length > 0) };
}

/** The model that a value is, with its convolutions; a convolution itself is none. */
function modelIn(value: Value): Pick<Built, 'instance' | 'layers'> | undefined {
  if (value.kind !== 'instance' || evaluationOf(value) !== undefined || !isModule(value)) return undefined;
  const layers = layersOf(value);
  return layers.length > 0 ? { instance: value, layers } : undefined;
}

function isModuleClass(value: ClassValue): boolean {
  return isModule({ kind: 'instance', class: value, attributes: new Map() });
}

function initialiserOf(value: ClassValue): FunctionValue | undefined {
  for (const { namespace } of resolutionOrder(value)) {
    const found = namespace.get('__init__');
    if (found !== undefined) return found.kind === 'function' ? found : undefined;
  }
  return undefined;
}

/** Whether every parameter behind the first few has a default or takes what is left over. */
function takesNothing(made: FunctionValue, first: number): boolean {
  const own = parametersOf(made).list.slice(first);
  return own.every(({ name, form }) => form === 'star' || form === 'doubleStar' || made.defaults.has(name));
}

/** The size of the settings, with the channels that the model's first convolution asks for. */
function assumedFor(
  [first]: readonly NamedLayer[],
  assumed: AssumedInput | undefined,
): ModelInput | undefined {
  const stage = first?.evaluation.layer.stages[0];
  if (assumed === undefined || stage === undefined || stage.rank !== assumed.spatial.length) return undefined;
  const channels = stage.inChannels.kind === 'exact' ? stage.inChannels.value : assumed.channels;
  const sizes =
    stage.dataLayout === 'channelsLast' ? [...assumed.spatial, channels] : [channels, ...assumed.spatial];
  return { shape: [assumed.batch, ...sizes].map(exact), from: 'assumed' };
}

/** Whether every tensor that a model gives back has a known shape. */
function isKnown(value: Value): boolean {
  switch (value.kind) {
    case 'tuple':
    case 'list':
      return value.items.length > 0 && value.items.every(isKnown);
    case 'dict':
      return value.entries.size > 0 && [...value.entries.values()].every((entry) => isKnown(entry.value));
    default: {
      const shape: Shape | undefined = shapeOf(value);
      return shape !== undefined && shape.slice(1).every((size) => size.kind === 'exact');
    }
  }
}
