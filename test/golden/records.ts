/** The forms of the records in `test/golden/*.json`: what the scripts in `make/` write. */
import type { TorchvisionModel, TorchvisionTables } from './models';

export type * from './models';
/** One integer for all axes, or a list in the framework's own order. */
export type PerAxis = number | readonly number[];

/** `pattern`: the formulas below; `iota`: 1, 2, 3, …; `explicit`: the record carries the values. */
export type Fill = 'pattern' | 'iota' | 'explicit';

/** A convolution that PyTorch computed; all lists are per spatial axis, shapes are NC… and OI… (IO… when transposed). */
export interface TorchValue {
  readonly id: string;
  readonly op: 'conv' | 'convTranspose';
  readonly fill: Fill;
  readonly rank: 1 | 2 | 3;
  readonly input: readonly number[];
  readonly weight: readonly number[];
  /** True when a bias was added, null when there was none. */
  readonly bias: true | null;
  readonly stride: readonly number[];
  readonly padding: readonly number[] | 'same' | 'valid';
  readonly paddingMode: 'zeros' | 'reflect' | 'replicate' | 'circular';
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly outputPadding: readonly number[];
  readonly inputValues?: readonly number[];
  readonly weightValues?: readonly number[];
  readonly biasValues?: readonly number[];
  readonly output: readonly number[];
  /** The whole output, row-major. */
  readonly values: readonly number[];
}

/** The call of a TensorFlow or Keras convolution; arguments as passed, null when left out. */
export interface TfCall {
  readonly id: string;
  /** `tf.nn.conv2d`, `keras.layers.Conv2D`, … */
  readonly call: string;
  readonly fill: Fill;
  readonly rank: 1 | 2 | 3;
  /** Axis letters: input such as `NHWC`, and one entry a filter such as `HWIO`, `HWOI` or `HWIM`. */
  readonly layout: { readonly input: string; readonly filters: readonly string[] };
  readonly input: readonly number[];
  /** The shape of each filter; a separable convolution has two. */
  readonly filters: readonly (readonly number[])[];
  readonly bias: true | null;
  readonly kernelSize?: PerAxis;
  readonly strides: PerAxis | null;
  /** A string in the framework's letter case, or [low, high] for every axis of the input; null is the default, valid. */
  readonly padding: string | readonly (readonly number[])[] | null;
  readonly dilations: PerAxis | null;
  readonly dataFormat: string | null;
  /** Resolved: tf.nn infers it from the depths, depthwise and separable have one group a channel. */
  readonly groups: number;
  readonly depthMultiplier: number | null;
  readonly outputPadding: PerAxis | null;
  readonly outputShape: readonly number[] | null;
  readonly inputValues?: readonly number[];
  readonly filterValues?: readonly (readonly number[])[];
  /** What Keras promised before computing. */
  readonly expectedOutput?: readonly number[];
  /** `eager`: the CPU kernel; `xla`: the CPU kernel refused (see exception) and the compiler computed it. */
  readonly via: 'eager' | 'xla' | null;
  readonly exception?: string;
  readonly message?: string;
  /** Whether Keras 2 gives the same. */
  readonly keras2?: 'equal' | 'differs' | 'raises' | null;
}

/** A convolution that TensorFlow or Keras computed. */
export interface TfValue extends TfCall {
  readonly output: readonly number[];
  /** The whole output, row-major in the input's layout. */
  readonly values: readonly number[];
}

/** Shapes and counts of one PyTorch expression; `x`, `w`, `b` stand for tensors of shape input, weight, bias. */
export interface TorchLayer {
  readonly expression: string;
  readonly kind: 'layer' | 'function';
  readonly input: readonly number[];
  /** How the layer is applied, `layer(x)` or with output_size; null for functions. */
  readonly call: string | null;
  readonly weight: readonly number[];
  readonly bias: readonly number[] | null;
  readonly params: number;
  readonly output: readonly number[];
  /** Dense multiply-accumulates for this input, its batch included. */
  readonly macs: number;
  readonly biasAdds: number;
  /** The layer as PyTorch prints it. */
  readonly repr?: string;
  readonly published?: true;
}

/** Shapes of a result of PyTorch: one tensor's sizes, a tuple of results, or nothing. */
export type TorchShapes = readonly number[] | { readonly tuple: readonly TorchShapes[] } | null;

/** A layer or function of PyTorch that is no convolution, applied to tensors of these shapes. */
export interface TorchPart {
  readonly kind: 'layer' | 'function';
  readonly expression: string;
  readonly inputs: readonly (readonly number[])[];
  /** Absent for layers that do not run here. */
  readonly output?: TorchShapes;
  /** Multiply-accumulates of all products, those of convolutions included. */
  readonly macs?: number;
  /** All parameters; absent for functions. */
  readonly params?: number;
}

/** What a program has registered in its `model`, under PyTorch's names and in its order. */
export interface TorchProgram {
  readonly kind: 'program';
  readonly name: string;
  readonly text: string;
  /** Qualified name and class. */
  readonly modules: readonly (readonly [string, string])[];
  readonly children: readonly string[];
  /** Qualified name and shape, shared ones once. */
  readonly parameters: readonly (readonly [string, readonly number[]])[];
  readonly buffers: readonly string[];
  readonly state: readonly string[];
  readonly params: number;
}

/** Shapes and counts of one Keras or tf.nn expression; `x`, `w`, `p` stand for the input and the filters. */
export interface KerasLayer {
  readonly expression: string;
  readonly kind: 'layer' | 'function';
  /** null where the size is not known. */
  readonly input: readonly (number | null)[];
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly params: number;
  readonly output: readonly (number | null)[];
  /** `equal`, `differs`, or the exception of Keras 2; null for functions. */
  readonly keras2: string | null;
  readonly published?: true;
}

/** A Keras layer that is no convolution, or a function on symbolic tensors; `x`, `y`, `z` have the shapes of inputs. */
export interface KerasPart {
  /** The layer; null for functions. */
  readonly expression: string | null;
  /** What is evaluated, with the layer as `layer`. */
  readonly call: string;
  readonly inputs: readonly (readonly (number | null)[])[];
  /** One shape, or one for each of several tensors. */
  readonly output: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  /** Elements of the trainable weights and of the others; absent for functions. */
  readonly trainable?: number;
  readonly nonTrainable?: number;
}

/** A program that builds a Keras model under the name `model`. */
export interface KerasModel {
  readonly id: string;
  /** Its lines. */
  readonly program: readonly string[];
  /** Elements of the model's trainable weights and of the others. */
  readonly trainable: number;
  readonly nonTrainable: number;
  /** The names of `model.layers`, in order. */
  readonly layers: readonly string[];
  /** Expressions and Python's `repr` of their values. */
  readonly answers: readonly (readonly [expression: string, value: string])[];
}

/** A distinct convolution of `keras.applications`: settings, weight shapes in order, data in and out; null is open. */
export interface KerasConvolution {
  /** `#0`, `#1`, …: what the models refer to. */
  readonly id: string;
  readonly layer: {
    readonly class: string;
    /** null for depthwise layers. */
    readonly filters: number | null;
    readonly kernel: readonly number[];
    readonly strides: readonly number[];
    readonly padding: string;
    readonly dilation: readonly number[];
    readonly groups: number;
    readonly bias: boolean;
    readonly weights: readonly (readonly number[])[];
    readonly input: readonly (number | null)[];
    readonly output: readonly (number | null)[];
  };
}

/** A model of `keras.applications`, called with `weights=None` and its defaults. */
export interface KerasApplication {
  /** The function's name in `keras.applications`. */
  readonly id: string;
  /** The file below `keras/src/applications` that defines it. */
  readonly source: string;
  /** The model's own name. */
  readonly name: string;
  /** `count_params()`: trainable and not. */
  readonly params: number;
  readonly trainable: number;
  readonly input: readonly (number | null)[];
  readonly output: readonly (number | null)[];
  /** Layers and their parameters by class name. */
  readonly classes: Readonly<Record<string, readonly [count: number, params: number]>>;
  /** In the order of `model.layers`: the layer's name behind those of models around it, and the number in its id. */
  readonly convolutions: readonly (readonly [path: string, layer: number])[];
}

/** What was raised; both null where the framework accepts the call. */
export interface Raised {
  readonly exception: string | null;
  readonly message: string | null;
}

/** A wrong (or, with exception null, an accepted) PyTorch call. */
export interface TorchError extends Raised {
  /** The row of our rules: T0–T6, C0–C20, or `allowed`, `arity`, `type`, `kernel-rank`, `string-transposed`. */
  readonly code: string;
  readonly expression: string;
  readonly input: readonly number[] | null;
  readonly call: string | null;
  readonly stage: 'constructor' | 'call';
  readonly output: readonly number[] | null;
  readonly warnings?: readonly string[];
}

/** A wrong (or, with exception null, an accepted) tf.nn or Keras call. */
export interface TfError extends Raised {
  readonly code: string;
  readonly kind: 'layer' | 'function';
  readonly expression: string;
  readonly input: readonly number[] | null;
  readonly filters?: readonly (readonly number[])[];
  readonly stage: 'constructor' | 'call';
  readonly output: readonly number[] | null;
  /** Functions: what shape inference alone says (null when it accepts), and the shape it infers. */
  readonly graph?: Raised | null;
  readonly graphOutput?: readonly (number | null)[] | null;
  /** Layers: the same in Keras 2. */
  readonly keras2?: Raised & {
    readonly stage: 'constructor' | 'call';
    readonly output: readonly number[] | null;
  };
}

/** The parameters of one API, `self` left out. */
export interface Signature {
  readonly path: string;
  readonly framework: 'torch' | 'tensorflow' | 'keras' | 'tf_keras';
  readonly version: string;
  readonly source: 'inspect' | 'documentation';
  readonly parameters: readonly {
    readonly name: string;
    readonly kind: 'POSITIONAL_OR_KEYWORD' | 'KEYWORD_ONLY' | 'VAR_POSITIONAL' | 'VAR_KEYWORD';
    /** Python text; absent when the parameter is required. */
    readonly default?: string;
  }[];
}

/** Groups of one channel on constant channels, and the split-and-concatenate proof. */
export interface ForumPart {
  readonly id: 'forum';
  readonly constant: {
    readonly input: readonly number[];
    readonly weight: readonly number[];
    readonly output: readonly number[];
    readonly values: readonly number[];
    readonly centres: readonly number[];
    readonly corners: readonly number[];
  };
  /** Weight shape by expression. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly proof: {
    readonly input: readonly number[];
    readonly weight: readonly number[];
    readonly part: Readonly<Record<'input' | 'weight' | 'output', readonly number[]>>;
    readonly output: readonly number[];
    readonly values: readonly number[];
    readonly maxAbsDifference: number;
    readonly float32: {
      readonly input: readonly number[];
      readonly maxAbsDifferenceBelow: number;
      readonly observed: number;
    };
  };
}

/** Parameters of one or more layers: shapes of all weights and biases, the count of each layer, and the sum. */
export interface CountRow {
  readonly expressions: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly params: readonly number[];
  readonly total: number;
}

type NotebookRow =
  | 'narrow'
  | 'wide'
  | 'inputs3'
  | 'inputs6'
  | 'outputs32'
  | 'standardBias'
  | 'separableBias'
  | 'standard'
  | 'separable';

/** How weights follow the channels, and depthwise plus pointwise against standard. */
export interface NotebookPart extends Readonly<Record<NotebookRow, CountRow>> {
  readonly id: 'notebook';
  readonly wideOverNarrow: number;
  readonly standardOverSeparable: number;
}

/** Output shapes (NHWC) and multiplications of the standard and the separable convolution under one padding. */
export interface ArticlePadding {
  readonly standardOutput: readonly number[];
  readonly depthwiseOutput: readonly number[];
  readonly separableOutput: readonly number[];
  readonly standardMultiplications: number;
  readonly separableMultiplications: number;
}

/** The from-scratch article: 3×3 from 3 to 16 channels on 128×128. */
export interface ArticlePart {
  readonly id: 'article';
  readonly input: readonly number[];
  readonly standardFilter: readonly number[];
  readonly depthwiseFilter: readonly number[];
  readonly pointwiseFilter: readonly number[];
  readonly standardParams: number;
  readonly separableParams: number;
  readonly SAME: ArticlePadding;
  readonly VALID: ArticlePadding;
}

/** What CPython makes of an expression or a call: its value as `repr` shows it, or what it raises. */
export type PythonResult =
  | { readonly value: string; readonly exception?: undefined }
  | { readonly value?: undefined; readonly exception: string; readonly message: string };

/** An expression that stands alone. */
export type PythonExpression = PythonResult & { readonly expression: string };

/** An expression with the imports it needs; what stands before its last `; ` are statements. */
export type PythonLibraryExpression = PythonExpression & { readonly imports: string };

/** A program as indices into `header.lines`, and, by line, the pairs of channels that its convolutions got. */
export interface RandomProgram {
  readonly seed: number;
  readonly lines: readonly number[];
  readonly given: Readonly<Record<string, readonly (readonly [number | null, number | null])[]>>;
}

/** A call of a function that gives the list of its parameters' values. */
/** An expression over parameters, and cases of their values followed by what the expression then is. */
export interface PythonWidth {
  readonly expression: string;
  readonly cases: readonly (readonly [a: number, b: number, r: number, value: number])[];
}

/** A small program: what CPython makes of its `v`. */
export type PythonProgram = PythonResult & { readonly topic: string; readonly program: string };

export type PythonCall = PythonResult & { readonly definition: string; readonly call: string };

/** An expression on tensors: the shape or the shapes that it gives, or the `repr` of a value that is no tensor. */
export interface TensorExpression {
  readonly framework: 'torch' | 'numpy';
  readonly expression: string;
  readonly shape?: readonly number[];
  readonly shapes?: readonly (readonly number[])[];
  readonly value?: string;
}

interface Header {
  readonly framework: string;
  readonly version: string;
  readonly script: string;
}

interface File<Row, More = unknown> {
  readonly header: Header & More;
  readonly records: readonly Row[];
}

/** The files by name. */
export interface GoldenFiles {
  readonly 'torch-values': File<TorchValue>;
  /** refused: no CPU path computes it. warned: computed, but not by the formula (TensorFlow warns). */
  readonly 'tf-values': File<
    TfValue,
    { readonly refused: readonly TfCall[]; readonly warned: readonly TfValue[] }
  >;
  readonly 'torch-layers': File<TorchLayer>;
  readonly 'torch-modules': File<TorchPart | TorchProgram>;
  readonly 'keras-layers': File<KerasLayer>;
  readonly 'keras-parts': File<KerasPart>;
  readonly torchvision: File<TorchvisionModel, { readonly tables: TorchvisionTables }>;
  readonly 'keras-models': File<KerasModel>;
  readonly 'keras-applications': File<KerasConvolution | KerasApplication>;
  readonly 'torch-errors': File<TorchError>;
  readonly 'tf-errors': File<TfError>;
  readonly signatures: File<Signature>;
  readonly forum: File<ForumPart | NotebookPart | ArticlePart>;
  readonly 'python-expressions': File<PythonExpression>;
  readonly 'python-calls': File<PythonCall>;
  readonly 'python-library': File<PythonLibraryExpression>;
  readonly 'python-programs': File<PythonProgram>;
  readonly 'python-widths': File<PythonWidth> & { readonly header: { readonly parameters: string } };
  readonly 'tensor-expressions': File<TensorExpression>;
  readonly 'random-programs': File<RandomProgram> & { readonly header: { readonly lines: readonly string[] } };
}
