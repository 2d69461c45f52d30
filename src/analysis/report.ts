/** What analysis found in one document, as plain data with spans: all that cards, lists and the panel are made from. */
import type { ConvLayer, DataShape } from '../conv/spec';
import type { Finding, Framework } from '../frameworks/evaluation';
import type { Place, Span } from '../symbolic/place';
import type { Quantity } from '../symbolic/quantity';

export type { Finding, Framework };

/** Everything found in one document or notebook cell. */
export interface Report {
  readonly uri: string;
  /** In source order. */
  readonly sites: readonly CallSite[];
  readonly models: readonly Model[];
  readonly findings: readonly Finding[];
}

/** A call in source that builds or applies a convolution. */
export interface CallSite {
  /** Stable for one text: `line:character` of the call's start. */
  readonly id: string;
  /** The whole call, brackets included. */
  readonly place: Place;
  /** As written, such as `nn.Conv2d`. */
  readonly callee: string;
  readonly calleeSpan: Span;
  /** The framework's full name, such as `torch.nn.Conv2d`. */
  readonly path: string;
  readonly framework: Framework;
  /** `layer`: the call makes a layer object that is applied later; `function`: the call itself convolves. */
  readonly role: 'layer' | 'function';
  /** The enclosing function or class, such as `Bottleneck.__init__`; empty at module level. */
  readonly scope: string;
  /** What the call is assigned to, such as `self.conv1`; absent when it is not assigned. */
  readonly target?: string;
  readonly arguments: readonly SiteArgument[];
  /** What holds for every evaluation of this call: formulas inside functions, numbers where all agree. */
  readonly layer: ConvLayer;
  /** Defaults of parameters that `layer` may rest on, such as `stride=1`. */
  readonly assumes: readonly string[];
  /** The data the call was applied to; absent when no application was seen. */
  readonly input?: InputShape;
  /** The concrete layers this call built when the module's own code ran; empty when that did not reach it. */
  readonly built: readonly BuiltLayer[];
  /** What the framework would refuse about this call. */
  readonly findings: readonly Finding[];
}

/** One argument as written, and the parameter it is bound to. */
export interface SiteArgument {
  /** The framework's own word, such as `filters`. */
  readonly parameter: string;
  /** The keyword included, when there is one. */
  readonly span: Span;
  readonly text: string;
}

/** Data that reached a layer; `isAssumed` when its size comes from a setting and not from the code. */
export interface InputShape extends DataShape {
  readonly isAssumed: boolean;
}

/** One distinct layer that a call site built, with the data it was applied to. */
export interface BuiltLayer {
  readonly layer: ConvLayer;
  /** How many times the call built just this; absent where a condition or a loop of unknown length decides. */
  readonly count?: number;
  /** Qualified names, such as `net.layer1.0.conv1`; empty for layers that no model holds. */
  readonly names: readonly string[];
  /** All data that each of these layers was applied to. */
  readonly inputs: readonly InputShape[];
}

/** A module instance with its layers. */
export interface Model {
  readonly name: string;
  readonly place: Place;
  readonly input?: InputShape;
  /** Parameters of the whole model; unknown when any part is not modelled. */
  readonly params: Quantity;
  readonly macs: Quantity;
  readonly layers: readonly {
    readonly name: string;
    readonly siteId: string;
    readonly uri: string;
    readonly layer: ConvLayer;
  }[];
  /** Whether every part that has parameters was read. */
  readonly isComplete: boolean;
}

/** The input size assumed where the code gives none; spatial sizes in order, channels left to the layer. */
export interface AssumedInput {
  readonly batch: number;
  readonly channels: number;
  readonly spatial: readonly number[];
}
