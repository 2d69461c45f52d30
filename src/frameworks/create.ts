/** All libraries together: the tables of every framework and the names they are also known by. */
import { createLibrary, type Aliases, type Library, type Toolbox } from './library';
import { convolutionRows } from './torch/convolutions';
import { moduleRows } from './torch/modules';
import { tensorRows } from './torch/tensors';

const ALIASES: Aliases = {
  'torch.nn.modules.conv': 'torch.nn',
  'torch.nn.modules': 'torch.nn',
  'torch.nn.parameter': 'torch.nn',
  'torch.FloatTensor': 'torch.Tensor',
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
  const rows = [...tensorRows(), ...moduleRows(), ...convolutionRows()];
  return createLibrary(rows, ALIASES, KNOWN_BY_NAME, services);
}
