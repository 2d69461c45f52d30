import assert from 'node:assert/strict';
import { programRunner, type RunProgram } from '../frameworks/programs';

/** Import lines and the callee that follows them, by the full name that both mean. */
const FORMS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'torch.nn.Conv2d': [
    ['import torch', 'torch.nn.Conv2d'],
    ['import torch as th', 'th.nn.Conv2d'],
    ['import torch.nn', 'torch.nn.Conv2d'],
    ['import torch.nn as nn', 'nn.Conv2d'],
    ['import torch.nn as N', 'N.Conv2d'],
    ['from torch import nn', 'nn.Conv2d'],
    ['from torch import nn as layers', 'layers.Conv2d'],
    ['from torch.nn import Conv2d', 'Conv2d'],
    ['from torch.nn import Conv2d as C, ReLU', 'C'],
    ['from torch.nn import *', 'Conv2d'],
    ['from torch.nn.modules import Conv2d', 'Conv2d'],
    ['from torch.nn.modules.conv import Conv2d', 'Conv2d'],
    ['import torch.nn.modules.conv', 'torch.nn.modules.conv.Conv2d'],
    ['from torch import (\n    nn,\n)', 'nn.Conv2d'],
    ['import torch, os', 'torch.nn.Conv2d'],
    ['import torch; nn = torch.nn', 'nn.Conv2d'],
    ['import torch\nMake = torch.nn.Conv2d', 'Make'],
    ['from torch import nn\nLayer = getattr(nn, "Conv2d")', 'Layer'],
    ['from torch import nn\nLAYERS = {"conv": nn.Conv2d}', 'LAYERS["conv"]'],
    ['from torch import nn\nLAYERS = [nn.Conv1d, nn.Conv2d, nn.Conv3d]', 'LAYERS[1]'],
    ['try:\n    from torch import nn\nexcept ImportError:\n    raise', 'nn.Conv2d'],
    ['if True:\n    import torch.nn as nn', 'nn.Conv2d'],
  ],
  'keras.layers.Conv2D': [
    ['import keras', 'keras.layers.Conv2D'],
    ['from keras import layers', 'layers.Conv2D'],
    ['from keras.layers import Conv2D', 'Conv2D'],
    ['from keras.layers import *', 'Conv2D'],
    ['from keras import layers as L', 'L.Conv2D'],
    ['import keras.layers as L', 'L.Conv2D'],
    ['import tensorflow as tf', 'tf.keras.layers.Conv2D'],
    ['import tensorflow', 'tensorflow.keras.layers.Conv2D'],
    ['from tensorflow import keras', 'keras.layers.Conv2D'],
    ['from tensorflow.keras import layers', 'layers.Conv2D'],
    ['from tensorflow.keras.layers import Conv2D', 'Conv2D'],
    ['from tensorflow.keras.layers import *', 'Conv2D'],
    ['import tensorflow.keras.layers as tfl', 'tfl.Conv2D'],
    ['import tensorflow.keras as K', 'K.layers.Conv2D'],
    ['from tensorflow.python.keras.layers import Conv2D', 'Conv2D'],
    ['from tensorflow.python.keras import layers', 'layers.Conv2D'],
    ['import tensorflow.compat.v1 as tf', 'tf.keras.layers.Conv2D'],
    ['import tensorflow.compat.v2 as tf', 'tf.keras.layers.Conv2D'],
    ['import tf_keras', 'tf_keras.layers.Conv2D'],
    ['import tf_keras as keras', 'keras.layers.Conv2D'],
    ['from tf_keras.layers import Conv2D', 'Conv2D'],
    ['from tf_keras.layers import *', 'Conv2D'],
    ['from keras.layers.convolutional import Conv2D', 'Conv2D'],
    ['from keras import layers', 'layers.Convolution2D'],
    ['from keras.layers import Convolution2D', 'Convolution2D'],
    ['import tensorflow as tf\nL = tf.keras.layers', 'L.Conv2D'],
  ],
  'torch.nn.functional.conv2d': [
    ['import torch.nn.functional as F', 'F.conv2d'],
    ['import torch', 'torch.nn.functional.conv2d'],
    ['from torch.nn import functional', 'functional.conv2d'],
    ['from torch.nn import functional as fn', 'fn.conv2d'],
    ['from torch.nn.functional import conv2d', 'conv2d'],
    ['from torch import nn', 'nn.functional.conv2d'],
    ['from torch.nn.functional import *', 'conv2d'],
  ],
  'torch.conv2d': [
    ['import torch', 'torch.conv2d'],
    ['from torch import conv2d', 'conv2d'],
  ],
  'tensorflow.nn.conv2d': [
    ['import tensorflow as tf', 'tf.nn.conv2d'],
    ['import tensorflow', 'tensorflow.nn.conv2d'],
    ['from tensorflow import nn', 'nn.conv2d'],
    ['from tensorflow.nn import conv2d', 'conv2d'],
    ['import tensorflow.nn as nn', 'nn.conv2d'],
    ['import tensorflow.compat.v2 as tf', 'tf.nn.conv2d'],
    ['import tensorflow as tf', 'tf.compat.v2.nn.conv2d'],
  ],
  'tensorflow.compat.v1.nn.conv2d': [
    ['import tensorflow as tf', 'tf.compat.v1.nn.conv2d'],
    ['import tensorflow.compat.v1 as tf', 'tf.nn.conv2d'],
    ['from tensorflow.compat import v1', 'v1.nn.conv2d'],
    ['from tensorflow.compat.v1 import nn', 'nn.conv2d'],
    ['import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()', 'tf.nn.conv2d'],
  ],
};

/** Names that look like those of a framework and are not. */
const STRANGERS: readonly (readonly [string, string])[] = [
  ['class nn:\n    def Conv2d(*args): pass', 'nn.Conv2d'],
  ['def Conv2d(*args): pass', 'Conv2d'],
  ['import numpy as nn', 'nn.Conv2d'],
  ['from mylib import nn', 'nn.Conv2d'],
  ['from .layers import Conv2d', 'Conv2d'],
  ['import torch.nn as nn\nnn = None', 'nn.Conv2d'],
  ['import torch', 'nn.Conv2d'],
  ['import torchvision.nn as nn', 'nn.Conv2d'],
];

describe('imports', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  for (const [path, forms] of Object.entries(FORMS)) {
    for (const [lines, callee] of forms) {
      it(`${lines.replaceAll('\n', ' ⏎ ')}: ${callee} is ${path}`, () => {
        const [site, ...others] = run(lines, `${callee}(3, 8, 3)`).sites;
        assert.equal(site?.path, path);
        assert.equal(site.callee, callee);
        assert.equal(others.length, 0);
      });
    }
  }

  for (const [lines, callee] of STRANGERS) {
    it(`${lines.replaceAll('\n', ' ⏎ ')}: ${callee} is no framework's`, () => {
      assert.deepEqual(run(lines, `${callee}(3, 8, 3)`).sites, []);
    });
  }
});
