"""A tour of Keras: layers that learn their input channels from the data they are called on."""

from tensorflow import keras
from tensorflow.keras import layers

# Data is [batch, height, width, channels]; kernels are [height, width, in / groups, out].
inputs = keras.Input(shape=(64, 64, 3))
x = layers.Conv2D(32, 3, strides=2, padding='same', activation='relu')(inputs)
x = layers.DepthwiseConv2D(3, padding='same', depth_multiplier=2)(x)
x = layers.SeparableConv2D(128, (3, 3), padding='same', use_bias=False)(x)
x = layers.Conv2D(128, 3, padding='same', groups=4)(x)
x = layers.Conv2DTranspose(16, 3, strides=2, padding='same')(x)
outputs = layers.Conv2D(1, 1, activation='sigmoid')(x)
print(outputs.shape)

# One dimension, and a window that never looks ahead.
steps = keras.Input(shape=(100, 8))
past = layers.Conv1D(16, 5, padding='causal', dilation_rate=2)(steps)
print(past.shape)

# Three dimensions.
volume = keras.Input(shape=(16, 32, 32, 1))
deep = layers.Conv3D(8, (3, 3, 3))(volume)
print(deep.shape)

# Never called: the window is known, the input channels are not.
unseen = layers.Conv2D(64, (5, 3), strides=(2, 1))
