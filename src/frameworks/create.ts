/** All libraries together: the tables of every framework and the names they are also known by. */
import { arrangeRows, type Aliases, type Tables } from './library';
import { convolutionRows as kerasConvolutions } from './keras/convolutions';
import { functionRows } from './keras/functions';
import { remembering } from './keras/graph';
import { layerRows } from './keras/layer';
import { ruleRows } from './keras/layers/all';
import { modelRows } from './keras/models';
import { countOperation, sessionRows } from './keras/session';
import { arrayRows } from './numpy/arrays';
import { convolutionRows as tensorflowConvolutions } from './tensorflow/convolutions';
import { tensorRows as tensorflowTensors } from './tensorflow/tensors';
import { convolutionRows as torchConvolutions } from './torch/convolutions';
import { activationRows } from './torch/activations';
import { attentionRows } from './torch/attention';
import { linearRows } from './torch/linear';
import { moduleRows } from './torch/modules';
import { normRows } from './torch/norms';
import { poolingRows } from './torch/pooling';
import { recurrentRows } from './torch/recurrent';
import { resizingRows } from './torch/resizing';
import { serviceRows } from './torch/services';
import { tensorRows as torchTensors } from './torch/tensors';

/** Where PyTorch keeps the layers that `torch.nn` brings together. */
const SUBMODULES: Aliases = Object.fromEntries(
  [
    'activation adaptive batchnorm container conv distance dropout flatten fold instancenorm linear loss module',
    'normalization padding pixelshuffle pooling rnn sparse transformer upsampling utils',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [`torch.nn.modules.${name}`, 'torch.nn']),
);

const ALIASES: Aliases = {
  ...SUBMODULES,
  'torch.nn.modules': 'torch.nn',
  'torch.nn.parameter': 'torch.nn',
  'torch.FloatTensor': 'torch.Tensor',
  'tensorflow.keras': 'keras',
  'tensorflow.compat.v2': 'tensorflow',
  'tensorflow.compat.v1': 'tensorflow',
  'tensorflow.python.keras': 'keras',
  tf_keras: 'keras',
  'keras.src': 'keras',
  'keras.src.models.functional': 'keras.models',
  'keras.src.models.model': 'keras.models',
  'keras.src.models.sequential': 'keras.models',
  'keras.engine': 'keras.models',
  'keras.engine.base_layer': 'keras.layers',
  'keras.engine.topology': 'keras.layers',
  'keras.engine.training': 'keras.models',
  'keras.backend.image': 'keras.backend',
  ...kerasParts(
    'convolutional core merge merging normalization pooling recurrent rnn reshaping regularization activation activations',
    'advanced_activations embeddings wrappers local noise attention preprocessing experimental layer',
  ),
  'keras.layers.experimental.preprocessing': 'keras.layers',
  'numpy.core': 'numpy',
};

/** The modules that older code names its layers by. */
function kerasParts(...names: readonly string[]): Aliases {
  const parts = names.flatMap((each) => each.split(' '));
  return Object.fromEntries(parts.map((part) => [`keras.layers.${part}`, 'keras.layers']));
}

/** Libraries that are known by name though nothing of them is modelled: their functions leave our data alone. */
const KNOWN_BY_NAME = [
  'collections math random os sys time json re copy itertools functools typing dataclasses enum abc pathlib logging warnings',
  'argparse datetime glob pickle shutil string operator inspect contextlib numbers',
  'matplotlib PIL cv2 scipy sklearn pandas seaborn tqdm torchvision torchaudio torchsummary torchinfo thop fvcore einops',
  'timm tensorflow_datasets tensorflow_hub jax flax IPython skimage imageio requests yaml tensorboard wandb pytest unittest',
]
  .join(' ')
  .split(' ');

/** The tables of all frameworks, for many analyses. */
export function createTables(): Tables {
  const parts = [
    linearRows,
    normRows,
    poolingRows,
    resizingRows,
    activationRows,
    recurrentRows,
    attentionRows,
  ];
  const torch = [
    ...torchTensors(),
    ...moduleRows(),
    ...torchConvolutions(),
    ...parts.flatMap((rows) => rows()),
    ...serviceRows(),
  ];
  const tensorflow = [...tensorflowTensors(), ...tensorflowConvolutions()];
  const layers = [...layerRows(), ...modelRows(), ...kerasConvolutions(), ...ruleRows()];
  const keras = [...layers, ...functionRows(), ...sessionRows()];
  const rows = [...torch, ...remembering([...tensorflow, ...keras], countOperation), ...arrayRows()];
  return arrangeRows(rows, ALIASES, KNOWN_BY_NAME);
}
