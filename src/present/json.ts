/** Reports as JSON: numbers are numbers, formulas are text, what is unknown is `null`. */
import type {
  BlockCall,
  BuiltLayer,
  CallSite,
  Finding,
  HeldLayer,
  InputShape,
  Model,
  ModelInput,
  ModelMacs,
  Report,
} from '../analysis/report';
import { costOf } from '../conv/cost';
import { kindOf } from '../conv/kind';
import type { ConvLayer, ConvSpec, DataShape, Padding } from '../conv/spec';
import { weightsOf } from '../conv/weights';
import { add, equal } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { explain } from '../symbolic/reason';
import { show } from '../symbolic/show';
import { briefLayer } from './brief';
import { layerMacs, layerParams, wholeMacs } from './models';
import { acceptedInput, canHaveWeights } from './refused';
import { unknownParts } from './unknowns';
import { dataShape, hasBatchAxis } from './words';

/** A number, a formula, or unknown. */
export type JsonQuantity = number | string | null;

/** Sizes of one axis each; padding that differs at the two ends is a pair. */
export interface JsonSpec {
  readonly inChannels: JsonQuantity;
  readonly outChannels: JsonQuantity;
  readonly kernelSize: readonly JsonQuantity[];
  readonly stride: readonly JsonQuantity[];
  /**
   * `"same"` where the split follows from the input; otherwise a size an axis, or pairs `[before, after]` where the two
   * differ. `"from-output"` where the output size is an argument.
   */
  readonly padding: JsonPadding;
  readonly paddingMode: string | null;
  readonly dilation: readonly JsonQuantity[];
  readonly groups: JsonQuantity;
  readonly bias: boolean | null;
  readonly transposed: boolean;
  readonly outputPadding: readonly JsonQuantity[];
  readonly depthMultiplier?: JsonQuantity;
  readonly dataLayout: string;
}

export type JsonPadding = 'same' | 'from-output' | null | readonly (JsonQuantity | readonly JsonQuantity[])[];

/** What holds of a call, and of each layer it built. */
export interface JsonLayer {
  readonly kind: string;
  readonly spec: JsonSpec;
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly JsonQuantity[];
    readonly layout: string;
  }[];
  readonly params: JsonQuantity;
  /** In the call's own order of axes. */
  readonly inputShape: readonly JsonQuantity[] | null;
  readonly inputAssumed: boolean;
  readonly outputShape: readonly JsonQuantity[] | null;
  readonly macs: JsonQuantity;
  readonly unknown: readonly {
    readonly what: string;
    readonly reason: string;
    readonly line: number | null;
  }[];
}

/** Lines count from 1, columns from 0 in UTF-16 code units. */
export interface JsonSite extends JsonLayer {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly callee: string;
  /** Defaults of parameters that the call's own fields may rest on. */
  readonly assumes: readonly string[];
  readonly layers: readonly JsonBuiltLayer[];
}

export interface JsonBuiltLayer extends JsonLayer {
  /** The model that holds the layer; `null` for a layer of no model. */
  readonly model: string | null;
  /** Its qualified name in the model; `null` for a layer without one. */
  readonly name: string | null;
  /** How many such layers the call built, for layers without a name; `null` where that cannot be told. */
  readonly count: number | null;
}

/** A call that builds convolutions somewhere inside. */
export interface JsonBlock {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly callee: string;
  /** Defaults of parameters that the layers may rest on. */
  readonly assumes: readonly string[];
  /** What every evaluation of the call builds. */
  readonly layers: readonly JsonHeldLayer[];
  /** What models build here, each kind once. */
  readonly built: readonly (JsonHeldLayer & {
    readonly model: string | null;
    readonly names: readonly string[];
  })[];
}

/** A layer in brief, with the line of the call that makes it. */
export interface JsonHeldLayer {
  readonly line: number | null;
  /** Such as `128→128 3×3 s2`. */
  readonly layer: string;
  readonly params: JsonQuantity;
  readonly count: number | null;
}

export interface JsonModel {
  readonly name: string;
  /** How it comes to be: `object`, `builder` or `class`. */
  readonly kind: Model['kind'];
  readonly type: string;
  readonly line: number;
  readonly input: readonly JsonQuantity[] | null;
  /** `code`, `set` by the user, or `assumed`; `null` without an input. */
  readonly inputFrom: ModelInput['from'] | null;
  readonly inputAssumed: boolean;
  readonly params: JsonQuantity;
  /** Those of `params` that training leaves alone. */
  readonly nonTrainable: JsonQuantity;
  /** The whole of `macsByKind`. */
  readonly macs: JsonQuantity;
  readonly macsByKind: { readonly [K in keyof ModelMacs]: JsonQuantity };
  readonly layers: readonly {
    readonly name: string;
    readonly line: number | null;
    readonly params: JsonQuantity;
    /** Over all its applications in one run. */
    readonly macs: JsonQuantity;
  }[];
  readonly complete: boolean;
}

export interface JsonFinding {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface JsonFile {
  readonly path: string;
  readonly sites: readonly JsonSite[];
  readonly blocks: readonly JsonBlock[];
  readonly models: readonly JsonModel[];
  readonly findings: readonly JsonFinding[];
}

export interface JsonReport {
  readonly version: 1;
  readonly files: readonly JsonFile[];
}

/** One file, or cell, of the JSON report. */
export function fileJson(path: string, report: Report): JsonFile {
  const own = report.sites.flatMap(({ findings }) => findings);
  return {
    path,
    sites: report.sites.map(siteJson),
    blocks: report.blocks.map(blockJson),
    models: report.models.map(modelJson),
    findings: uniqueFindings([...report.findings, ...own]),
  };
}

/** One call of the JSON report. */
export function siteJson(site: CallSite): JsonSite {
  const { start, end } = site.place.span;
  return {
    line: start.line + 1,
    column: start.character,
    endLine: end.line + 1,
    endColumn: end.character,
    callee: site.callee,
    assumes: site.assumes,
    ...layerJson(site.layer, acceptedInput(site)),
    layers: site.built.flatMap(builtJson),
  };
}

/** The quantity as JSON. */
export function quantityJson(quantity: Quantity | undefined): JsonQuantity {
  if (quantity === undefined || quantity.kind === 'unknown') return null;
  return quantity.kind === 'exact' ? quantity.value : show(quantity);
}

function layerJson(layer: ConvLayer, input: InputShape | undefined): JsonLayer {
  const [spec] = layer.stages;
  const cost = costOf(layer, input);
  const isPossible = canHaveWeights(layer);
  const shape = (data: DataShape | undefined) => (data === undefined ? null : shapeJson(data, spec));
  return {
    kind: kindOf(layer).kind,
    spec: specJson(layer),
    weights: (isPossible ? weightsOf(layer) : []).map((weight) => ({
      name: weight.name,
      shape: weight.shape.map(quantityJson),
      layout: weight.layout,
    })),
    params: isPossible ? quantityJson(cost.params) : null,
    inputShape: shape(input),
    inputAssumed: input?.isAssumed ?? false,
    outputShape: shape(cost.output),
    macs: quantityJson(cost.macs),
    unknown: unknownParts(layer).map(({ what, unknown: { reason } }) => ({
      what,
      reason: explain(reason),
      line: reason.place === undefined ? null : reason.place.span.start.line + 1,
    })),
  };
}

/** The axes in the call's own order; a batch whose size is not known is `null`. */
function shapeJson(data: DataShape, spec: ConvSpec): JsonQuantity[] {
  const shape = dataShape(data, spec.dataLayout, false).map(quantityJson);
  return data.batch === undefined && hasBatchAxis(spec, data) ? [null, ...shape] : shape;
}

/** The first stage's window with the last stage's outputs and bias. */
function specJson({ stages: [first, second] }: ConvLayer): JsonSpec {
  const last = second ?? first;
  return {
    inChannels: quantityJson(first.inChannels),
    outChannels: quantityJson(last.outChannels),
    kernelSize: first.kernelSize.map(quantityJson),
    stride: first.stride.map(quantityJson),
    padding: paddingJson(first),
    paddingMode: typeof first.paddingMode === 'string' ? first.paddingMode : null,
    dilation: first.dilation.map(quantityJson),
    groups: quantityJson(first.groups),
    bias: typeof last.bias === 'boolean' ? last.bias : null,
    transposed: first.transposed,
    outputPadding: first.outputPadding.map(quantityJson),
    ...(first.depthMultiplier === undefined ? {} : { depthMultiplier: quantityJson(first.depthMultiplier) }),
    dataLayout: first.dataLayout,
  };
}

/** A transposed layer's `after` leaves out what `outputPadding` adds, so the two ends are compared without it. */
function paddingJson({ padding, outputPadding, transposed }: ConvSpec): JsonPadding {
  const words: { readonly [K in Exclude<Padding['kind'], 'explicit'>]: JsonPadding } = {
    same: 'same',
    fromOutput: 'from-output',
    unknown: null,
  };
  if (padding.kind !== 'explicit') return words[padding.kind];
  const { before, after } = padding;
  const isEven = before.every((each, axis) =>
    isSameEnd(each, after[axis], transposed ? outputPadding[axis] : undefined),
  );
  if (isEven) return before.map(quantityJson);
  return before.map((each, axis) => [quantityJson(each), quantityJson(after[axis])]);
}

function isSameEnd(before: Quantity, after: Quantity | undefined, kept: Quantity | undefined): boolean {
  if (after === undefined) return false;
  return equal(before, kept === undefined ? after : add(after, kept)) === true;
}

function builtJson({ layer, model: owner, count, names, inputs }: BuiltLayer): JsonBuiltLayer[] {
  const model = owner ?? null;
  const fields = layerJson(layer, inputs.length === 1 ? inputs[0] : undefined);
  if (names.length === 0) return [{ model, name: null, count: count ?? null, ...fields }];
  return names.map((name) => ({ model, name, count: 1, ...fields }));
}

function blockJson({ place: { span }, callee, assumes, holds, built }: BlockCall): JsonBlock {
  return {
    line: span.start.line + 1,
    column: span.start.character,
    endLine: span.end.line + 1,
    endColumn: span.end.character,
    callee,
    assumes,
    layers: holds.map(heldJson),
    built: built.map((each) => ({ model: each.model ?? null, names: each.names, ...heldJson(each) })),
  };
}

function heldJson(held: Pick<HeldLayer, 'layer' | 'count' | 'siteId'>): JsonHeldLayer {
  return {
    line: lineOf(held.siteId),
    layer: briefLayer(held.layer),
    params: quantityJson(layerParams(held)),
    count: held.count ?? null,
  };
}

function modelJson(model: Model): JsonModel {
  const { input, layers, macs } = model;
  return {
    name: model.id,
    kind: model.kind,
    type: model.type,
    line: model.place.span.start.line + 1,
    input: input === undefined ? null : input.shape.map(quantityJson),
    inputFrom: input?.from ?? null,
    inputAssumed: input?.from === 'assumed',
    params: quantityJson(model.params),
    nonTrainable: quantityJson(model.nonTrainable),
    macs: quantityJson(wholeMacs(model)),
    macsByKind: {
      convolutions: quantityJson(macs.convolutions),
      linear: quantityJson(macs.linear),
      products: quantityJson(macs.products),
    },
    layers: layers.map((each) => ({
      name: each.name,
      line: lineOf(each.siteId),
      params: quantityJson(layerParams(each)),
      macs: quantityJson(layerMacs(each)),
    })),
    complete: model.isComplete,
  };
}

function lineOf(siteId: string): number | null {
  const line = Number.parseInt(siteId, 10);
  return Number.isNaN(line) ? null : line + 1;
}

function uniqueFindings(findings: readonly Finding[]): JsonFinding[] {
  const all = findings.map(({ code, severity, message, place: { span } }) => ({
    code,
    severity,
    message,
    line: span.start.line + 1,
    column: span.start.character,
  }));
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
