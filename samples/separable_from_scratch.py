"""Separable convolution from its parts, in TensorFlow: data NHWC, filters [height, width, in, out].

Hover a call to see who reads what, then compare the cost of `standard` and `separable` below:
432 weights and 7,077,888 multiplications against 75 and 1,228,800.
"""

import tensorflow as tf

SIZE = 128
IN_CHANNELS = 3
OUT_CHANNELS = 16
KERNEL = 3

image = tf.random.uniform([1, SIZE, SIZE, IN_CHANNELS])

# 1. The ordinary convolution: every one of 16 filters reads all 3 channels.
filters = tf.Variable(tf.random.normal([KERNEL, KERNEL, IN_CHANNELS, OUT_CHANNELS]))
standard = tf.nn.conv2d(image, filters, strides=1, padding='SAME')

# 2. VALID keeps the window inside the picture, so one row and one column are lost at each border.
inside = tf.nn.conv2d(image, filters, strides=1, padding='VALID')
# With stride 2, SAME keeps ceil(128 / 2) positions. It pads 0 before and 1 after: the odd element goes last.
halved = tf.nn.conv2d(image, filters, strides=[1, 2, 2, 1], padding='SAME')

# 3. The first half: one filter for each channel. The last axis of the filter is the channel multiplier.
depthwise_filter = tf.Variable(tf.random.normal([KERNEL, KERNEL, IN_CHANNELS, 1]))
each_alone = tf.nn.depthwise_conv2d(image, depthwise_filter, strides=[1, 1, 1, 1], padding='SAME')

# 4. The second half: 1×1 filters mix the channels.
pointwise_filter = tf.Variable(tf.random.normal([1, 1, IN_CHANNELS, OUT_CHANNELS]))
mixed = tf.nn.conv2d(each_alone, pointwise_filter, strides=1, padding='VALID')

# 5. Both halves in one call.
separable = tf.nn.separable_conv2d(
    image, depthwise_filter, pointwise_filter, strides=[1, 1, 1, 1], padding='SAME'
)
print(tf.reduce_max(tf.abs(separable - mixed)))  # 0, or a rounding error

# 6. With multiplier 2 channel q feeds outputs 2q and 2q + 1, and the pointwise filter reads six channels.
twice = tf.Variable(tf.random.normal([KERNEL, KERNEL, IN_CHANNELS, 2]))
doubled = tf.nn.depthwise_conv2d(image, twice, strides=[1, 1, 1, 1], padding='SAME')
wider = tf.nn.separable_conv2d(
    image, twice, tf.random.normal([1, 1, IN_CHANNELS * 2, OUT_CHANNELS]), strides=[1, 1, 1, 1], padding='SAME'
)
print(doubled.shape, wider.shape)

# 7. The same two costs as Keras layers.
conv = tf.keras.layers.Conv2D(OUT_CHANNELS, KERNEL, padding='same', use_bias=False)
separable_conv = tf.keras.layers.SeparableConv2D(OUT_CHANNELS, KERNEL, padding='same', use_bias=False)
print(conv(image).shape, conv.count_params())  # 432
print(separable_conv(image).shape, separable_conv.count_params())  # 75
