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
  /** Calls of functions and classes written in Python that build convolutions somewhere inside, in source order. */
  readonly blocks: readonly BlockCall[];
  /** Call sites of other files, with what this document's code builds there. */
  readonly elsewhere: readonly CallSite[];
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
  /** The concrete layers that the module's own code, its builders and its classes build here, by model. */
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
  /** The `id` of the model it is part of; absent for layers that no model holds. */
  readonly model?: string;
  /** How many times the call built just this; absent where a condition or a loop of unknown length decides. */
  readonly count?: number;
  /** Qualified names, such as `layer1.0.conv1`, without the model's; empty for layers that no model holds. */
  readonly names: readonly string[];
  /** All data that each of these layers was applied to. */
  readonly inputs: readonly InputShape[];
}

/** A call of a function or class written in Python that builds convolutions somewhere inside. */
export interface BlockCall {
  /** Stable for one text: `line:character` of the call's start. */
  readonly id: string;
  /** The whole call, brackets included. */
  readonly place: Place;
  /** As written, such as `conv3x3`. */
  readonly callee: string;
  readonly calleeSpan: Span;
  /** The enclosing function or class, such as `Bottleneck.__init__`; empty at module level. */
  readonly scope: string;
  /** What the call is assigned to, such as `self.conv1`; absent when it is not assigned. */
  readonly target?: string;
  /** What holds for every evaluation of this call: the convolutions it builds, in order. */
  readonly holds: readonly HeldLayer[];
  /** Defaults of parameters that `holds` may rest on, such as `stride=1`. */
  readonly assumes: readonly string[];
  /** The concrete layers that this call builds, by model and by the call site that makes them. */
  readonly built: readonly (BuiltLayer & SiteReference)[];
}

/** Where a layer is made. */
export interface SiteReference {
  readonly siteId: string;
  readonly uri: string;
}

/** A convolution inside a block. */
export interface HeldLayer extends SiteReference {
  /** The framework's full name, such as `torch.nn.Conv2d`. */
  readonly path: string;
  readonly layer: ConvLayer;
  /** How many times one call builds just this; absent where that varies or cannot be told. */
  readonly count?: number;
}

/** A module instance with its layers: held by a name of the module, or made by a builder or a class of it. */
export interface Model {
  /** Unique in the report: `net`, `resnet50()`, `ResNet()`. */
  readonly id: string;
  readonly name: string;
  /** `object`: a name of the module holds it; `builder`: a function returns it; `class`: its class called alone. */
  readonly kind: 'object' | 'builder' | 'class';
  /** The class of the instance, such as `ResNet`. */
  readonly type: string;
  /** The name, where an object is assigned to it, or in the definition of a builder or class. */
  readonly place: Place;
  /** The data of its whole run; absent when none was seen. Channels first or last as the framework has them. */
  readonly input?: ModelInput;
  /**
   * All numbers of the model as its framework counts them: the parameters of PyTorch, without buffers; what Keras calls
   * total parameters. Unknown when any part is not modelled.
   */
  readonly params: Quantity;
  /** Those of them that training leaves alone, such as Keras' moving averages; none in PyTorch. */
  readonly nonTrainable: Quantity;
  /** Multiply-accumulate operations of one run; unknown when no input is known or a part was not followed. */
  readonly macs: ModelMacs;
  /** Its convolutions in the order in which they are held. */
  readonly layers: readonly ModelLayer[];
  /** Whether every part that has parameters was read. */
  readonly isComplete: boolean;
}

/** `assumed`: from the settings for any model; `set`: by the user for this model; `code`: the code itself runs it. */
export interface ModelInput {
  /** All sizes in order, the batch included. */
  readonly shape: readonly Quantity[];
  readonly from: 'code' | 'set' | 'assumed';
}

/** By kind of operation; the whole is their sum. */
export interface ModelMacs {
  readonly convolutions: Quantity;
  readonly linear: Quantity;
  /** Products of two tensors, such as those of attention. */
  readonly products: Quantity;
}

/** A convolution under its qualified name in a model. */
export interface ModelLayer extends SiteReference {
  readonly name: string;
  /** The framework's full name, such as `torch.nn.Conv2d`. */
  readonly path: string;
  readonly layer: ConvLayer;
  /** One for each time a run of the model applies it. */
  readonly inputs: readonly InputShape[];
}

/** The input size assumed where the code gives none; spatial sizes in order, channels left to the layer. */
export interface AssumedInput {
  readonly batch: number;
  readonly channels: number;
  readonly spatial: readonly number[];
}
