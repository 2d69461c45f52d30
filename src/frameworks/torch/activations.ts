/** Layers and functions that keep the shape or reduce it to a number: activations, dropout, distances, losses. */
import { setOwn } from '../../interp/setting';
import { NONE, string, type InstanceValue, type Value } from '../../interp/values';
import { divideExactly } from '../../symbolic/arithmetic';
import { exact, numberOf } from '../../symbolic/quantity';
import { bound, classRow, functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { valueOf } from '../read';
import { broadcast, removeAxis, replaceAxis, type Shape } from '../shapes';
import { shapeOf } from '../tensor';
import {
  axisSetting,
  flag,
  layerRow,
  lawRow,
  outcomeValue,
  settingsOfCall,
  settingsOfLayer,
  type Law,
  type Outcome,
  type Settings,
} from './layer';

/** Layers by the signature that they share. */
const SAME_SHAPE: Readonly<Record<string, string>> = {
  '(*args, **kwargs)': 'Identity Sigmoid Tanh Softsign Tanhshrink LogSigmoid Softmax2d',
  '(inplace=False)': 'ReLU ReLU6 SELU SiLU Mish Hardswish Hardsigmoid',
  '(negative_slope=0.01, inplace=False)': 'LeakyReLU',
  '(lower=0.125, upper=0.3333333333333333, inplace=False)': 'RReLU',
  '(alpha=1.0, inplace=False)': 'ELU CELU',
  "(approximate='none')": 'GELU',
  '(min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None)': 'Hardtanh',
  '(beta=1.0, threshold=20.0)': 'Softplus',
  '(lambd=0.5)': 'Hardshrink Softshrink',
  '(threshold, value, inplace=False)': 'Threshold',
  '(dim=None)': 'Softmax LogSoftmax Softmin',
  '(p=0.5, inplace=False)': 'Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout',
};

/** Functions that keep the shape of their first argument, whatever else they take. */
const SAME_SHAPE_FUNCTIONS = [
  'relu relu_ relu6 leaky_relu leaky_relu_ rrelu rrelu_ elu elu_ selu selu_ celu celu_ gelu silu mish sigmoid tanh prelu',
  'hardswish hardsigmoid hardtanh hardtanh_ hardshrink softshrink tanhshrink softplus softsign logsigmoid softmin softmax',
  'log_softmax gumbel_softmax threshold threshold_ dropout dropout1d dropout2d dropout3d alpha_dropout',
  'feature_alpha_dropout',
]
  .join(' ')
  .split(' ');

/** Losses: the inputs of each, the first of which gives the shape where nothing is reduced. */
const LOSSES: Readonly<Record<string, string>> = {
  'input, target':
    'L1Loss MSELoss CrossEntropyLoss NLLLoss NLLLoss2d BCELoss BCEWithLogitsLoss KLDivLoss SmoothL1Loss HuberLoss PoissonNLLLoss HingeEmbeddingLoss SoftMarginLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss',
  'input, target, var': 'GaussianNLLLoss',
  'input1, input2, target': 'CosineEmbeddingLoss MarginRankingLoss',
  'anchor, positive, negative': 'TripletMarginLoss TripletMarginWithDistanceLoss',
  'log_probs, targets, input_lengths, target_lengths': 'CTCLoss',
};

const LOSS_FUNCTIONS = [
  'l1_loss mse_loss cross_entropy nll_loss binary_cross_entropy binary_cross_entropy_with_logits kl_div smooth_l1_loss',
  'huber_loss poisson_nll_loss hinge_embedding_loss soft_margin_loss multilabel_margin_loss multi_margin_loss',
  'multilabel_soft_margin_loss gaussian_nll_loss cosine_embedding_loss margin_ranking_loss triplet_margin_loss ctc_loss',
  'triplet_margin_with_distance_loss',
]
  .join(' ')
  .split(' ');

/** Rows of layers and functions. */
export function activationRows(): Row[] {
  return [
    ...Object.entries(SAME_SHAPE).flatMap(([signature, names]) =>
      names.split(' ').map((name) => layerRow({ name, signature, law: same })),
    ),
    ...SAME_SHAPE_FUNCTIONS.map((name) =>
      lawRow(`torch.nn.functional.${name}`, '(input, *args, **kwargs)', same),
    ),
    layerRow({ name: 'GLU', signature: '(dim=-1)', law: halve }),
    lawRow('torch.nn.functional.glu', '(input, dim=-1)', halve),
    ...['torch', 'torch.nn.functional'].map((module) =>
      distanceFunction(`${module}.cosine_similarity`, '(x1, x2, dim=1, eps=1e-08)', alongAxis),
    ),
    distance('CosineSimilarity', '(dim=1, eps=1e-08)', alongAxis),
    distance('PairwiseDistance', '(p=2.0, eps=1e-06, keepdim=False)', alongLast),
    distanceFunction(
      'torch.nn.functional.pairwise_distance',
      '(x1, x2, p=2.0, eps=1e-06, keepdim=False)',
      alongLast,
    ),
    ...Object.entries(LOSSES).flatMap(([inputs, names]) =>
      names.split(' ').map((name) => loss(name, inputs)),
    ),
    ...LOSS_FUNCTIONS.map((name) =>
      functionRow(`torch.nn.functional.${name}`, '(input, *args, **kwargs)', (call, tools) => {
        return outcomeValue(reduced(reductionOf(call)), tools, call.context);
      }),
    ),
  ];
}

const same: Law = (input) => input;

/** The axis is cut in two halves, of which one gates the other. */
const halve: Law = (input, settings) => {
  const axis = axisSetting(settings, 'dim', input.length);
  const size = axis === undefined ? undefined : input[axis];
  if (axis === undefined || size === undefined) return undefined;
  const number = numberOf(size);
  if (number !== undefined && number % 2 !== 0)
    return {
      refused: `RuntimeError: Halving dimension must be even, but dimension ${axis} is size ${number}`,
    };
  return replaceAxis(input, axis, divideExactly(size, exact(2)));
};

type PairLaw = (shape: Shape, settings: Settings) => Outcome;

const alongAxis: PairLaw = (shape, settings) => {
  const axis = axisSetting(settings, 'dim', shape.length);
  return axis === undefined ? undefined : removeAxis(shape, axis);
};

const alongLast: PairLaw = (shape, settings) => {
  const isKept = flag(settings, 'keepdim');
  if (typeof isKept !== 'boolean') return undefined;
  return isKept ? replaceAxis(shape, shape.length - 1, exact(1)) : removeAxis(shape, shape.length - 1);
};

function distance(name: string, signature: string, law: PairLaw): Row {
  const members = (tools: Toolbox): [string, Value][] => [
    [
      'forward',
      bound(tools, `torch.nn.${name}.forward`, `${name}.forward`, '(self, x1, x2)', (call) =>
        ofPair(settingsOfLayer(valueOf(call, 'self'), call, tools), law),
      ),
    ],
  ];
  return layerRow({ name, signature, members });
}

function distanceFunction(path: string, signature: string, law: PairLaw): Row {
  return functionRow(path, signature, (call, tools) => ofPair(settingsOfCall(call, tools), law));
}

function ofPair(settings: Settings, law: PairLaw): Value {
  const [one, two] = [shapeOf(settings.value('x1')), shapeOf(settings.value('x2'))];
  const shape = one && two && broadcast(one, two);
  return outcomeValue(shape && law(shape, settings), settings.tools, settings.context);
}

/** A loss keeps its word of reduction; what else it takes decides no shape. */
function loss(name: string, inputs: string): Row {
  const members = (tools: Toolbox): [string, Value][] => [
    [
      'forward',
      bound(tools, `torch.nn.${name}.forward`, `${name}.forward`, `(self, ${inputs})`, (call) => {
        const { value } = settingsOfLayer(valueOf(call, 'self'), call, tools);
        return outcomeValue(reduced(value('reduction')), tools, call.context);
      }),
    ],
  ];
  const initialise = (self: InstanceValue, call: BoundCall): void =>
    setOwn(self, 'reduction', reductionOf(call), call.context);
  return classRow(`torch.nn.${name}`, 'torch.nn.Module', '(*args, **kwargs)', initialise, members);
}

/** The word of reduction that a call gives by its name or as one of the words in order; `None` where it cannot be told. */
function reductionOf({ args }: BoundCall): Value {
  const isOpen = args.unknownDoubleStar !== undefined || args.unknownStar !== undefined;
  if (isOpen || args.keywords.has('reduce') || args.keywords.has('size_average')) return NONE;
  const words = args.positional.map(({ value }) => value).filter(({ kind }) => kind === 'string');
  return args.keywords.get('reduction')?.value ?? words[0] ?? string('mean');
}

/** A number, unless the loss is asked to reduce nothing. */
function reduced(reduction: Value): Outcome {
  return reduction.kind === 'string' && reduction.value !== 'none' ? [] : undefined;
}
