/** All libraries together: the tables of every framework and the names they are also known by. */
import { createLibrary, type Aliases, type Library, type Toolbox } from './library';
import { convolutionRows as kerasConvolutions } from './keras/convolutions';
import { modelRows } from './keras/models';
import { arrayRows } from './numpy/arrays';
import { convolutionRows as tensorflowConvolutions } from './tensorflow/convolutions';
import { tensorRows as tensorflowTensors } from './tensorflow/tensors';
import { convolutionRows as torchConvolutions } from './torch/convolutions';
import { moduleRows } from './torch/modules';
import { tensorRows as torchTensors } from './torch/tensors';

const ALIASES: Aliases = {
  'torch.nn.modules.conv': 'torch.nn',
  'torch.nn.modules': 'torch.nn',
  'torch.nn.parameter': 'torch.nn',
  'torch.FloatTensor': 'torch.Tensor',
  'tensorflow.keras': 'keras',
  'tensorflow.compat.v2': 'tensorflow',
  'tensorflow.compat.v1': 'tensorflow',
  'tensorflow.python.keras': 'keras',
  tf_keras: 'keras',
  'keras.layers.convolutional': 'keras.layers',
  'keras.src.layers': 'keras.layers',
  'numpy.core': 'numpy',
};

/** Libraries that are known by name though nothing of them is modelled: their functions leave our data alone. */
const KNOWN_BY_NAME = [
  'collections math random os sys time json re copy itertools functools typing dataclasses enum abc pathlib logging warnings',
  'argparse datetime glob pickle shutil string operator inspect contextlib numbers',
  'matplotlib PIL cv2 scipy sklearn pandas seaborn tqdm torchvision torchaudio torchsummary torchinfo thop fvcore einops',
  'timm tensorflow_datasets tensorflow_hub jax flax IPython skimage imageio requests yaml tensorboard wandb pytest unittest',
]
  .join(' ')
  .split(' ');

/** The libraries of one analysis. */
export function createFrameworks(services: Omit<Toolbox, 'value'>): Library {
  const torch = [...torchTensors(), ...moduleRows(), ...torchConvolutions()];
  const tensorflow = [...tensorflowTensors(), ...tensorflowConvolutions()];
  const keras = [...modelRows(), ...kerasConvolutions()];
  const rows = [...torch, ...tensorflow, ...keras, ...arrayRows()];
  return createLibrary(rows, ALIASES, KNOWN_BY_NAME, services);
}
