"""Parameters and output shapes of Keras layers that are no convolutions, and of functions on Keras' symbolic tensors.

Nothing is computed: layers are called on symbolic tensors of the recorded shapes, which builds them and infers the output.
"""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''

import keras
from keras import activations, layers, ops

import common

IMAGE = (None, 32, 30, 6)
STEPS = (None, 12, 8)
FLAT = (None, 20)
CUBE = (None, 8, 9, 10, 4)

# Expression of the layer and the shapes of its inputs; applied to one tensor, or to the list of them.
LAYERS = [
    # dense
    ('layers.Dense(10)', FLAT), ('layers.Dense(units=7, use_bias=False)', FLAT), ("layers.Dense(5, 'relu')", STEPS),
    ('layers.Dense(3, activation="softmax", name="out")', IMAGE), ('layers.Dense(4)', (2, 3, 4, 5)),
    ('layers.Embedding(100, 16)', (None, 12)), ('layers.Embedding(input_dim=50, output_dim=4, mask_zero=True)', (None, 3, 7)),
    ("layers.EinsumDense('abc,cd->abd', output_shape=(12, 64), bias_axes='d')", STEPS),
    ("layers.EinsumDense('abc,cde->abde', output_shape=(12, 2, 3), bias_axes='de')", STEPS),
    ("layers.EinsumDense('ab,bc->ac', output_shape=64)", FLAT), ("layers.EinsumDense('...x,xy->...y', output_shape=5)", STEPS),
    ("layers.EinsumDense('...x,xy->...y', output_shape=5, bias_axes='y')", (None, 7, 7, 6)),
    ("layers.EinsumDense('abcd,cde->abe', output_shape=(32, 7), bias_axes='e')", IMAGE),
    # normalisation
    ('layers.BatchNormalization()', IMAGE), ('layers.BatchNormalization(axis=1)', IMAGE), ('layers.BatchNormalization()', FLAT),
    ('layers.BatchNormalization(scale=False)', IMAGE), ('layers.BatchNormalization(center=False, scale=False)', IMAGE),
    ('layers.BatchNormalization(-1, 0.9, 1e-5)', STEPS), ('layers.BatchNormalization(trainable=False)', IMAGE),
    ('layers.LayerNormalization()', STEPS), ('layers.LayerNormalization(axis=1)', STEPS), ('layers.LayerNormalization(axis=[1, 2])', STEPS),
    ('layers.LayerNormalization(axis=(-2, -1), center=False)', IMAGE), ('layers.LayerNormalization(epsilon=1e-6, scale=False)', FLAT),
    ('layers.GroupNormalization(3)', IMAGE), ('layers.GroupNormalization(groups=2, axis=1)', IMAGE), ('layers.GroupNormalization(-1, scale=False)', IMAGE),
    ('layers.RMSNormalization()', STEPS), ('layers.UnitNormalization()', STEPS), ('layers.Normalization()', FLAT), ('layers.Normalization(axis=None)', IMAGE),
    ('layers.Normalization(axis=(1, 2))', STEPS), ('layers.Normalization(mean=[1.0] * 6, variance=[2.0] * 6)', IMAGE), ('layers.Normalization(axis=-1)', IMAGE),
    ('layers.PReLU()', STEPS), ('layers.PReLU(shared_axes=[1, 2])', IMAGE), ('layers.PReLU(shared_axes=[1])', IMAGE),
    # recurrent
    ('layers.LSTM(16)', STEPS), ('layers.LSTM(16, return_sequences=True)', STEPS), ('layers.LSTM(16, return_state=True)', STEPS),
    ('layers.LSTM(5, use_bias=False, return_sequences=True, return_state=True)', STEPS), ('layers.GRU(16)', STEPS),
    ('layers.GRU(16, reset_after=False)', STEPS), ('layers.GRU(7, return_state=True)', STEPS), ('layers.GRU(7, use_bias=False)', STEPS),
    ('layers.SimpleRNN(9)', STEPS), ('layers.SimpleRNN(9, return_sequences=True)', STEPS), ('layers.SimpleRNN(9, use_bias=False, return_state=True)', STEPS),
    ('layers.Bidirectional(layers.LSTM(6))', STEPS), ('layers.Bidirectional(layers.GRU(6, return_sequences=True))', STEPS),
    ("layers.Bidirectional(layers.LSTM(6), merge_mode='sum')", STEPS), ('layers.Bidirectional(layers.SimpleRNN(4), merge_mode=None)', STEPS),
    ('layers.Bidirectional(layers.LSTM(6), backward_layer=layers.LSTM(6, go_backwards=True, use_bias=False))', STEPS),
    ('layers.RNN(layers.LSTMCell(6))', STEPS), ('layers.RNN(layers.GRUCell(6), return_sequences=True)', STEPS), ('layers.RNN(layers.SimpleRNNCell(4))', STEPS),
    ('layers.ConvLSTM1D(5, 3)', (None, 6, 20, 4)), ('layers.ConvLSTM2D(5, 3)', (None, 6, 20, 18, 4)),
    ("layers.ConvLSTM2D(5, (3, 5), padding='same', return_sequences=True, use_bias=False)", (None, 6, 20, 18, 4)),
    ("layers.ConvLSTM2D(5, 3, strides=2, data_format='channels_first')", (None, 6, 4, 20, 18)), ('layers.ConvLSTM3D(2, 3)', (None, 3, 8, 9, 10, 2)),
    ('layers.TimeDistributed(layers.Dense(7))', STEPS), ('layers.TimeDistributed(layers.Flatten())', (None, 5, 4, 3)),
    ('layers.TimeDistributed(layers.BatchNormalization())', (None, 5, 4, 3)),
    # pooling
    ('layers.MaxPooling2D()', IMAGE), ('layers.MaxPooling2D(3, 2)', IMAGE), ("layers.MaxPooling2D((3, 3), strides=(2, 2), padding='same')", IMAGE),
    ("layers.MaxPooling2D((2, 3), padding='same')", IMAGE), ('layers.MaxPool2D((3, 2), strides=1)', IMAGE), ('layers.AveragePooling2D(2)', IMAGE),
    ("layers.AveragePooling2D((7, 7), (1, 1), 'same')", IMAGE), ('layers.AvgPool2D(pool_size=4, strides=3)', IMAGE),
    ("layers.MaxPooling2D(2, data_format='channels_first')", IMAGE), ('layers.MaxPooling1D()', STEPS), ('layers.MaxPooling1D(3, 2)', STEPS),
    ("layers.AveragePooling1D(5, 2, 'same')", STEPS), ('layers.MaxPooling3D()', CUBE), ("layers.AveragePooling3D((1, 2, 3), padding='same')", CUBE),
    ('layers.MaxPooling2D(3, 2)', (None, None, None, 6)), ('layers.GlobalAveragePooling2D()', IMAGE), ('layers.GlobalMaxPooling2D(keepdims=True)', IMAGE),
    ("layers.GlobalAveragePooling2D(data_format='channels_first')", IMAGE), ("layers.GlobalMaxPool2D('channels_first', keepdims=True)", IMAGE),
    ('layers.GlobalAveragePooling1D()', STEPS), ('layers.GlobalMaxPooling1D(keepdims=True)', STEPS), ('layers.GlobalAveragePooling3D()', CUBE),
    ('layers.GlobalMaxPooling3D(keepdims=True)', CUBE), ('layers.AdaptiveAveragePooling2D(4)', IMAGE), ('layers.AdaptiveMaxPooling2D((4, 5))', IMAGE),
    # padding, cropping, sizes
    ('layers.ZeroPadding2D()', IMAGE), ('layers.ZeroPadding2D(3)', IMAGE), ('layers.ZeroPadding2D((1, 2))', IMAGE),
    ('layers.ZeroPadding2D(((3, 2), (1, 0)))', IMAGE), ("layers.ZeroPadding2D(padding=((0, 1), (0, 1)), data_format='channels_first')", IMAGE),
    ('layers.ZeroPadding1D(2)', STEPS), ('layers.ZeroPadding1D((3, 0))', STEPS), ('layers.ZeroPadding3D(2)', CUBE), ('layers.ZeroPadding3D((1, 2, 3))', CUBE),
    ('layers.ZeroPadding2D(2)', (None, None, None, 3)), ('layers.Cropping2D(2)', IMAGE), ('layers.Cropping2D(((1, 2), (3, 4)))', IMAGE),
    ('layers.Cropping2D((4, 5))', IMAGE), ('layers.Cropping1D((1, 3))', STEPS), ('layers.Cropping3D(((1, 1), (2, 0), (0, 3)))', CUBE),
    ('layers.UpSampling2D()', IMAGE), ('layers.UpSampling2D((2, 3))', IMAGE), ("layers.UpSampling2D(4, interpolation='bilinear')", IMAGE),
    ('layers.UpSampling1D(3)', STEPS), ('layers.UpSampling3D((1, 2, 2))', CUBE), ("layers.UpSampling2D(2, data_format='channels_first')", IMAGE),
    # shapes
    ('layers.Flatten()', IMAGE), ('layers.Flatten()', FLAT), ('layers.Flatten()', (None,)), ('layers.Flatten()', (None, None, 4)), ('layers.Flatten()', (3, 4, 5)),
    ('layers.Reshape((4, 5))', FLAT), ('layers.Reshape((-1, 2))', FLAT), ('layers.Reshape([2, -1, 5])', FLAT), ('layers.Reshape((-1,))', IMAGE),
    ('layers.Reshape(target_shape=(32 * 30, 6))', IMAGE), ('layers.Permute((2, 1))', STEPS), ('layers.Permute((3, 1, 2))', IMAGE), ('layers.RepeatVector(5)', FLAT),
    # left as they are
    ("layers.Activation('relu')", IMAGE), ('layers.Activation(activations.gelu)', STEPS), ('layers.ReLU(6.0)', IMAGE), ('layers.LeakyReLU(0.2)', FLAT),
    ('layers.ELU()', FLAT), ('layers.Softmax()', STEPS), ('layers.Softmax(axis=1)', STEPS), ('layers.Dropout(0.5)', FLAT), ('layers.SpatialDropout2D(0.1)', IMAGE),
    ('layers.AlphaDropout(0.1)', FLAT), ('layers.GaussianNoise(0.1)', FLAT), ('layers.GaussianDropout(0.1)', FLAT), ('layers.Identity()', CUBE),
    ('layers.Masking(0.0)', STEPS), ('layers.Rescaling(1.0 / 255)', IMAGE), ('layers.Rescaling(scale=1.0 / 127.5, offset=-1)', IMAGE),
    ('layers.ActivityRegularization(l2=0.01)', FLAT), ("layers.RandomFlip('horizontal')", IMAGE), ('layers.RandomRotation(0.1)', IMAGE),
    ('layers.RandomZoom(0.1)', IMAGE), ('layers.RandomContrast(0.2)', IMAGE), ('layers.RandomCrop(20, 24)', IMAGE), ('layers.CenterCrop(16, 18)', IMAGE),
    ('layers.Resizing(64, 48)', IMAGE), ('layers.Resizing(height=8, width=9)', (None, None, None, 3)), ('layers.Lambda(lambda t: t * 2)', IMAGE),
    ('layers.Lambda(lambda t: ops.mean(t, axis=-1))', STEPS), ('layers.Lambda(lambda t: t[:, ::2, 1:])', STEPS),
    # several inputs
    ('layers.Add()', IMAGE, IMAGE), ('layers.Add()', IMAGE, IMAGE, IMAGE), ('layers.Add()', IMAGE, (None, 1, 1, 6)), ('layers.Subtract()', STEPS, STEPS),
    ('layers.Multiply()', IMAGE, (None, 1, 1, 6)), ('layers.Multiply()', (None, 8), STEPS), ('layers.Average()', FLAT, FLAT), ('layers.Maximum()', FLAT, FLAT),
    ('layers.Minimum()', STEPS, (None, 1, 8)), ('layers.Add()', (None, None, None, 6), IMAGE), ('layers.Concatenate()', IMAGE, (None, 32, 30, 2)),
    ('layers.Concatenate(axis=1)', STEPS, (None, 3, 8)), ('layers.Concatenate(-2)', STEPS, STEPS, STEPS), ('layers.Concatenate()', (None, None, 4), (None, None, 3)),
    ('layers.Dot(axes=1)', FLAT, FLAT), ('layers.Dot(axes=(2, 1))', STEPS, (None, 8, 5)), ('layers.Dot(axes=-1, normalize=True)', STEPS, STEPS),
    ('layers.Attention()', STEPS, (None, 9, 8)), ("layers.Attention(use_scale=True, score_mode='concat')", STEPS, (None, 9, 8)),
    ('layers.Attention()', STEPS, (None, 9, 5), (None, 9, 8)), ('layers.AdditiveAttention()', STEPS, (None, 9, 8)), ('layers.AdditiveAttention(use_scale=False)', STEPS, STEPS),
]

# Layer, how it is called on x, y, z, and their shapes.
CALLS = [
    ('layers.MultiHeadAttention(4, 16)', 'layer(x, x)', [STEPS]), ('layers.MultiHeadAttention(num_heads=2, key_dim=3)', 'layer(query=x, value=y)', [STEPS, (None, 9, 5)]),
    ('layers.MultiHeadAttention(2, 3, value_dim=7)', 'layer(x, y, z)', [STEPS, (None, 9, 5), (None, 9, 6)]),
    ('layers.MultiHeadAttention(2, 3, use_bias=False, output_shape=11)', 'layer(x, y)', [STEPS, (None, 9, 5)]),
    ('layers.MultiHeadAttention(2, 3, dropout=0.1)', 'layer(x, x, return_attention_scores=True)', [STEPS]),
    ('layers.MultiHeadAttention(2, 3, output_shape=(4, 5))', 'layer(x, x)', [STEPS]), ('layers.MultiHeadAttention(2, 2, attention_axes=(1, 2))', 'layer(x, x)', [IMAGE]),
    ('layers.LSTM(8)', 'layer(x, initial_state=[y, y])', [STEPS, (None, 8)]), ('layers.BatchNormalization()', 'layer(x, training=False)', [IMAGE]),
    ('layers.Dropout(0.3)', 'layer(x, training=True)', [FLAT]), ('layers.Dense(3)', 'layer(inputs=x)', [FLAT]),
    ('layers.Dense(3)', 'layer(layer(x))', [(None, 3)]), ('layers.Embedding(9, 4)', 'layer(x)', [(2, 5)]),
    ('layers.Attention()', 'layer([x, x], return_attention_scores=True)', [STEPS]),
]

# Functions on x and y.
FUNCTIONS = [
    ('layers.add([x, x])', [IMAGE]), ('layers.concatenate([x, x])', [IMAGE]), ('layers.concatenate([x, x], axis=1)', [IMAGE]), ('layers.multiply([x, y])', [IMAGE, (None, 1, 1, 6)]),
    ('layers.subtract([x, x])', [FLAT]), ('layers.average([x, x])', [FLAT]), ('layers.maximum([x, x])', [FLAT]), ('layers.dot([x, x], axes=1)', [FLAT]),
    ('x + y', [IMAGE, (None, 1, 1, 6)]), ('x * 2.0', [IMAGE]), ('1 - x', [FLAT]), ('x / y', [STEPS, STEPS]), ('-x', [FLAT]), ('x[:, 0]', [STEPS]), ('x[..., 1:3]', [IMAGE]), ('x[:, :-1, 2]', [STEPS]),
    ('activations.relu(x)', [IMAGE]), ('activations.softmax(x)', [FLAT]), ("activations.get('swish')(x)", [FLAT]), ('activations.hard_sigmoid(x)', [IMAGE]),
    ('ops.reshape(x, (-1, 4, 5))', [FLAT]), ('ops.reshape(x, (-1, 32 * 30, 6))', [IMAGE]), ('ops.reshape(x, [2, 60])', [(2, 3, 4, 5)]),
    ('ops.transpose(x, (0, 2, 1))', [STEPS]), ('ops.transpose(x)', [(2, 3, 4)]), ('ops.mean(x, axis=[1, 2])', [IMAGE]), ('ops.mean(x, axis=1, keepdims=True)', [STEPS]),
    ('ops.sum(x, axis=-1)', [STEPS]), ('ops.max(x, axis=(1, 2), keepdims=True)', [IMAGE]), ('ops.concatenate([x, x], axis=-1)', [STEPS]), ('ops.stack([x, x], axis=1)', [FLAT]),
    ('ops.expand_dims(x, 1)', [FLAT]), ('ops.squeeze(x, axis=1)', [(None, 1, 4)]), ('ops.split(x, 2, axis=1)', [STEPS]), ('ops.matmul(x, y)', [STEPS, (None, 8, 5)]),
    ('ops.relu(x)', [IMAGE]), ('ops.softmax(x, axis=-1)', [FLAT]), ('ops.sigmoid(x)', [FLAT]), ("ops.cast(x, 'float16')", [FLAT]), ('ops.multiply(x, y)', [STEPS, (None, 12, 1)]), ('ops.add(x, 1.0)', [STEPS]),
    ('ops.sqrt(ops.square(x))', [STEPS]), ('ops.shape(x)[1] * x', [STEPS]),
]


def known(shape):
    return [None if size is None else int(size) for size in shape]


def shapes(result):
    """The shape of one tensor, or a list of those of several."""
    return [known(each.shape) for each in result] if isinstance(result, (list, tuple)) else known(result.shape)


def count(weights):
    return sum(int(weight.shape.num_elements()) for weight in weights)


def record(expression, call, inputs):
    names = {'keras': keras, 'layers': layers, 'ops': ops, 'activations': activations}
    scope = dict(zip('xyz', (keras.Input(batch_shape=shape) for shape in inputs)))
    layer = eval(expression, names) if expression else None
    output = shapes(eval(call, names | {'layer': layer}, scope))
    made = {'expression': expression, 'call': call, 'inputs': [list(shape) for shape in inputs], 'output': output}
    if layer is None:
        return made
    return {**made, 'trainable': count(layer.trainable_weights), 'nonTrainable': count(layer.non_trainable_weights)}


def main():
    records = []
    for expression, *inputs in LAYERS:
        call = 'layer(x)' if len(inputs) == 1 else f'layer([{", ".join("xyz"[: len(inputs)])}])'
        records.append(record(expression, call, inputs))
    records += [record(*row) for row in CALLS]
    records += [record(None, *row) for row in FUNCTIONS]
    header = {'framework': 'keras', 'version': keras.__version__, 'script': 'make/keras_parts.py'}
    common.write('keras-parts.json', header, records)


if __name__ == '__main__':
    main()
