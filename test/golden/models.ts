/** The records of whole models that frameworks built: which convolutions they hold, where each is made, what they cost. */

/** A convolution of PyTorch as its object says it; lists are per spatial axis, in PyTorch's own words. */
export interface TorchConvolution {
  readonly class: string;
  readonly in: number;
  readonly out: number;
  readonly k: readonly number[];
  readonly s: readonly number[];
  readonly p: readonly number[] | string;
  readonly d: readonly number[];
  readonly g: number;
  readonly bias: boolean;
  readonly weight: readonly number[];
}

/** A call expression: file, line, column, end line, end column; lines from 1, columns from 0 in UTF-8 bytes. */
export type TorchSite = readonly [string, number, number, number, number];

/** Input and output shape of one application. */
export type TorchApplication = readonly [readonly number[], readonly number[]];

/** What records name by their place in a list, since many are equal. */
export interface TorchvisionTables {
  readonly layers: readonly TorchConvolution[];
  readonly sites: readonly TorchSite[];
  readonly calls: readonly (readonly TorchApplication[])[];
}

/** A builder of torchvision, called without arguments. */
export interface TorchvisionModel {
  readonly name: string;
  /** The file of the builder. */
  readonly file: string;
  readonly task: 'classification' | 'segmentation' | 'detection' | 'video' | 'optical_flow';
  readonly input: readonly number[];
  /** All parameters of the model. */
  readonly params: number;
  /** What torchvision documents for trained weights, whose model may leave parts out. */
  readonly documented: number;
  /** Multiply-accumulates of one run; second stages of detection depend on what an untrained model proposes. */
  readonly macs: { readonly convolutions: number; readonly linear: number; readonly products: number };
  /** Qualified name, places in `layers`, `sites` and `calls`, multiply-accumulates. */
  readonly convs: readonly (readonly [string, number, number, number, number])[];
}
