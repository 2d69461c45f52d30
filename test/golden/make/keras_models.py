"""Small Keras programs that build a model each: its numbers, its layers, and what expressions about it give.

Programs are called on symbolic tensors only, or build their models; nothing is trained.
"""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''

import keras

import common

HEAD = 'import keras\nfrom keras import layers\n'

BLOCK = '''
def block(x, filters, strides=1, name=None):
    shortcut = x
    x = layers.Conv2D(filters, 3, strides=strides, padding='same', use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding='same', use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    if strides != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=strides, use_bias=False)(shortcut)
        shortcut = layers.BatchNormalization()(shortcut)
    return layers.ReLU(name=name)(layers.add([x, shortcut]))
'''

DENSE_CLASS = '''
class Linear(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer='random_normal', trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer='zeros', trainable=True)

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b
'''

# Name, program, expressions about what it defines.
PROGRAMS = [
    ('sequential list', '''
model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(32, 3, activation='relu'),
    layers.MaxPooling2D(2),
    layers.Conv2D(64, 3, activation='relu'),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation='softmax'),
])
''', ['model.output_shape', 'model.input_shape', 'len(model.layers)', 'model.layers[0].name', 'model.layers[-1].units']),
    ('sequential add', '''
model = keras.models.Sequential(name='net')
model.add(layers.Conv2D(8, (5, 5), input_shape=(32, 32, 3)))
model.add(layers.BatchNormalization())
model.add(layers.Activation('relu'))
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dense(5, name='head'))
''', ['model.name', 'model.output_shape', "model.get_layer('head').units", 'model.layers[1].output.shape']),
    ('sequential pop', '''
model = keras.Sequential([keras.Input((8,)), layers.Dense(16), layers.Dense(4)])
model.pop()
model.add(layers.Dense(3))
''', ['model.output_shape', 'len(model.layers)']),
    ('sequential build', '''
model = keras.Sequential([layers.Dense(16), layers.Dense(4, use_bias=False)])
model.build((None, 8))
''', ['model.output_shape', 'model.count_params()']),
    ('sequential called', '''
model = keras.Sequential()
for units in (16, 8, 4):
    model.add(layers.Dense(units, activation='relu'))
out = model(keras.Input((12,)))
''', ['out.shape', 'model.count_params()']),
    ('sequential nested', '''
features = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.Conv2D(8, 3)], name='features')
model = keras.Sequential([features, layers.Flatten(), layers.Dense(2)])
model.build((None, 32, 32, 3))
''', ['model.layers[0].name', 'model.layers[0].count_params()', 'model.output_shape']),
    ('input layer', '''
model = keras.Sequential([layers.InputLayer(shape=(10, 4)), layers.LSTM(6, return_sequences=True), layers.LSTM(3), layers.Dense(1)])
''', ['model.output_shape', 'model.inputs[0].shape']),
    ('functional', '''
inputs = keras.Input(shape=(32, 32, 3), name='img')
x = layers.Conv2D(32, 3, activation='relu')(inputs)
x = layers.Conv2D(64, 3, activation='relu')(x)
pooled = layers.MaxPooling2D(3)(x)
x = layers.Conv2D(64, 3, activation='relu', padding='same')(pooled)
x = layers.Conv2D(64, 3, activation='relu', padding='same')(x)
x = layers.add([x, pooled])
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(256, activation='relu')(x)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs, outputs, name='toy_resnet')
''', ['model.name', 'model.input_shape', 'model.output_shape', 'model.layers[2].filters', 'x.shape[-1]', 'x.shape[0] is None']),
    ('residual blocks', BLOCK + '''
inputs = keras.Input((None, None, 3))
x = layers.Conv2D(16, 7, 2, 'same')(inputs)
for filters, count in [(16, 2), (32, 2)]:
    for index in range(count):
        x = block(x, filters, 2 if index == 0 and filters > 16 else 1, name=f'stage{filters}_{index}')
model = keras.Model(inputs=inputs, outputs=x)
''', ['model.output_shape', "model.get_layer('stage32_1').output.shape", "model.get_layer('conv2d_3').filters"]),
    ('part of a model', BLOCK + '''
inputs = keras.Input((64, 64, 3))
a = block(inputs, 8, name='a')
b = block(a, 16, 2, name='b')
whole = keras.Model(inputs, layers.Dense(3)(layers.GlobalMaxPooling2D()(b)))
model = keras.Model(whole.input, whole.get_layer('a').output)
''', ['whole.count_params()', 'model.output_shape']),
    ('several outputs', '''
inputs = keras.Input((16, 16, 4))
a = layers.Conv2D(8, 3, name='a')(inputs)
b = layers.Conv2D(8, 5, name='b')(a)
unused = layers.Dense(100)(b)
model = keras.Model(inputs, [a, b])
''', ['model.output_shape', 'len(model.outputs)']),
    ('several inputs', '''
left = keras.Input((10,), name='left')
right = keras.Input((20,), name='right')
x = layers.concatenate([layers.Dense(4)(left), layers.Dense(6)(right)])
model = keras.Model([left, right], layers.Dense(1, name='out')(x))
''', ['model.output_shape', 'model.inputs[1].shape', 'model.layers[0].name']),
    ('dictionaries', '''
inputs = {'b': keras.Input((4,), name='b'), 'a': keras.Input((8,), name='a')}
x = layers.Concatenate()([inputs['a'], inputs['b']])
model = keras.Model(inputs=inputs, outputs={'y': layers.Dense(2)(x)})
''', ['model.count_params()']),
    ('shared layer', '''
shared = layers.Conv2D(8, 3, padding='same', name='shared')
a, b = keras.Input((16, 16, 3)), keras.Input((16, 16, 3))
model = keras.Model([a, b], layers.add([shared(a), shared(b)]))
''', ['model.count_params()']),
    ('model as a layer', '''
inner = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(4, 3), layers.Flatten()], name='inner')
inputs = keras.Input((28, 28, 1))
model = keras.Model(inputs, layers.Dense(10)(inner(inputs)))
''', ['model.layers[1].name', 'model.count_params()']),
    ('encoder and decoder', '''
encoder_input = keras.Input((28, 28, 1), name='img')
x = layers.Conv2D(16, 3, activation='relu')(encoder_input)
x = layers.MaxPooling2D(3)(x)
encoder_output = layers.GlobalMaxPooling2D()(x)
encoder = keras.Model(encoder_input, encoder_output, name='encoder')
decoder_input = keras.Input((16,), name='encoded')
x = layers.Reshape((4, 4, 1))(decoder_input)
x = layers.Conv2DTranspose(16, 3, activation='relu')(x)
x = layers.UpSampling2D(3)(x)
decoder = keras.Model(decoder_input, layers.Conv2DTranspose(1, 3)(x), name='decoder')
image = keras.Input((28, 28, 1))
model = keras.Model(image, decoder(encoder(image)), name='autoencoder')
''', ['encoder.count_params()', 'decoder.output_shape', 'model.output_shape']),
    ('other data', '''
inputs = keras.Input((None, None, 3))
x = layers.Conv2D(8, 3, 2)(inputs)
x = layers.BatchNormalization()(x) * 2.0
model = keras.Model(inputs, layers.Conv2D(4, 1)(x))
out = model(keras.Input((33, 65, 3)))
''', ['out.shape', 'model.output_shape']),
    ('operators', '''
inputs = keras.Input((8, 8, 4))
x = layers.Conv2D(4, 3, padding='same')(inputs)
gate = layers.Dense(4, activation='sigmoid')(keras.ops.mean(x, axis=(1, 2), keepdims=True))
y = inputs + x * gate
z = keras.ops.concatenate([y, x[:, :, ::-1]], axis=-1)
model = keras.Model(inputs, layers.Conv2D(2, 1)(z))
''', ['model.output_shape', 'z.shape']),
    ('frozen', '''
base = keras.Sequential([keras.Input((16, 16, 3)), layers.Conv2D(8, 3), layers.BatchNormalization()])
base.trainable = False
inputs = keras.Input((16, 16, 3))
x = layers.GlobalAveragePooling2D()(base(inputs, training=False))
model = keras.Model(inputs, layers.Dense(2)(x))
''', ['base.count_params()', 'base.trainable', 'model.trainable', 'base.layers[0].trainable']),
    ('frozen in part', '''
model = keras.Sequential([keras.Input((6,)), layers.Dense(5), layers.BatchNormalization(), layers.Dense(4), layers.Dense(3, trainable=False)])
for layer in model.layers[:2]:
    layer.trainable = False
''', ['[layer.trainable for layer in model.layers]']),
    ('subclass', '''
class Net(keras.Model):
    def __init__(self, classes=10):
        super().__init__()
        self.conv = layers.Conv2D(8, 3, activation='relu')
        self.norm = layers.BatchNormalization()
        self.blocks = [layers.Conv2D(16, 3, strides=2, name=f'block{i}') for i in range(2)]
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(classes)

    def call(self, inputs, training=None):
        x = self.norm(self.conv(inputs), training=training)
        for block in self.blocks:
            x = block(x)
        return self.head(self.pool(x))

model = Net()
out = model(keras.Input((32, 32, 3)))
''', ['out.shape', 'len(model.layers)', 'model.count_params()', 'model.head.units']),
    ('subclass of a layer', DENSE_CLASS + '''
inputs = keras.Input((12,))
model = keras.Model(inputs, Linear(3)(Linear(8, name='first')(inputs)))
''', ["model.get_layer('first').units", 'model.output_shape']),
    ('layers in layers', DENSE_CLASS + '''
class Block(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.parts = {'a': Linear(width), 'b': [Linear(width), layers.LayerNormalization()]}

    def build(self, input_shape):
        self.extra = layers.Dense(self.width, use_bias=False)
        self.scale = self.add_weight(name='scale', shape=(), initializer='ones')
        self.steps = self.add_weight(shape=(2, 3), trainable=False)

    def call(self, x):
        x = self.parts['a'](x)
        for part in self.parts['b']:
            x = part(x)
        return self.extra(x) * self.scale

inputs = keras.Input((12,))
model = keras.Model(inputs, Block(5)(inputs))
''', ['model.output_shape', 'model.layers[-1].width']),
    ('functional subclass', '''
class Wrapped(keras.Model):
    def __init__(self, width):
        inputs = keras.Input((8,))
        super().__init__(inputs=inputs, outputs=layers.Dense(width)(inputs), name='wrapped')

model = Wrapped(4)
''', ['model.output_shape', 'model.name']),
    ('channels first', '''
keras.backend.set_image_data_format('channels_first')
inputs = keras.Input((3, 20, 24))
axis = 1 if keras.backend.image_data_format() == 'channels_first' else -1
x = layers.ZeroPadding2D(1)(inputs)
x = layers.BatchNormalization(axis=axis)(x)
x = layers.MaxPooling2D(2)(x)
model = keras.Model(inputs, layers.GlobalAveragePooling2D()(x))
keras.backend.set_image_data_format('channels_last')
''', ['x.shape', 'model.output_shape']),
    ('attention', '''
tokens = keras.Input((None,), dtype='int32')
x = layers.Embedding(1000, 32)(tokens)
y = layers.MultiHeadAttention(num_heads=2, key_dim=16, dropout=0.1)(x, x)
x = layers.LayerNormalization(epsilon=1e-6)(x + layers.Dropout(0.1)(y))
y = keras.Sequential([layers.Dense(64, activation='relu'), layers.Dense(32)])(x)
x = layers.LayerNormalization(epsilon=1e-6)(x + y)
x = layers.GlobalAveragePooling1D()(x)
model = keras.Model(tokens, layers.Dense(2, activation='softmax')(x))
''', ['x.shape', 'model.output_shape']),
    ('recurrent', '''
model = keras.Sequential()
model.add(layers.Embedding(input_dim=500, output_dim=16))
model.add(layers.Bidirectional(layers.LSTM(8, return_sequences=True)))
model.add(layers.TimeDistributed(layers.Dense(4)))
model.add(layers.Bidirectional(layers.GRU(8)))
model.add(layers.Dense(1))
out = model(keras.Input((None,)))
''', ['out.shape', 'model.count_params()']),
    ('names', '''
a = layers.Conv2D(1, 1)
b = layers.Conv2D(1, 1)
c = layers.SeparableConv2D(1, 1, name='mine')
d = layers.BatchNormalization()
e = layers.GlobalAveragePooling2D()
f = layers.PReLU()
g = keras.Sequential()
h = layers.LSTM(1)
i = layers.Conv2DTranspose(1, 1)
model = keras.Sequential([keras.Input((4, 4, 1)), a, b, c, d, e])
''', ['[each.name for each in (a, b, c, d, e, f, g, h, i)]', 'model.name']),
    ('names behind operations', DENSE_CLASS + '''
class Gate(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = Linear(6)

    def call(self, x):
        return x * self.inner(x) + 1.0

inputs = keras.Input((6,))
x = inputs + layers.Dense(6)(inputs)
x = layers.add([x, 2.0 * x])
x = layers.multiply([Gate()(x), keras.ops.relu(x)])
x = layers.ReLU()(x) - x
x = layers.Subtract()([keras.activations.elu(x), layers.ELU()(x)])
unnamed = keras.Sequential([layers.Dense(6)])
x = unnamed(x)
later = keras.Input((2,))
model = keras.Model(inputs, x)
''', ['model.output_shape', 'model.name']),
    ('unet', '''
def conv(x, width):
    for _ in range(2):
        x = layers.Conv2D(width, 3, padding='same', activation='relu')(x)
    return x

inputs = keras.Input((64, 64, 3))
skips, x = [], inputs
for width in (8, 16):
    x = conv(x, width)
    skips.append(x)
    x = layers.MaxPooling2D()(x)
x = conv(x, 32)
for skip in reversed(skips):
    x = layers.Conv2DTranspose(skip.shape[-1], 2, strides=2)(x)
    x = conv(layers.concatenate([x, skip]), skip.shape[-1])
model = keras.Model(inputs, layers.Conv2D(1, 1, activation='sigmoid')(x))
''', ['model.output_shape', 'len(model.layers)']),
]


def answer(value):
    if isinstance(value, (list, tuple)):
        return type(value)(answer(each) for each in value)
    return value


def record(name, program, expressions):
    keras.backend.clear_session()
    scope = {}
    exec(HEAD + program, scope)
    model = scope['model']
    count = lambda weights: sum(int(weight.shape.num_elements()) for weight in weights)
    return {
        'id': name, 'program': (HEAD + program).splitlines(), 'trainable': count(model.trainable_weights),
        'nonTrainable': count(model.non_trainable_weights), 'layers': [layer.name for layer in model.layers],
        'answers': [[text, repr(answer(eval(text, scope)))] for text in expressions],
    }


def main():
    records = [record(*row) for row in PROGRAMS]
    header = {'framework': 'keras', 'version': keras.__version__, 'script': 'make/keras_models.py'}
    common.write('keras-models.json', header, records)


if __name__ == '__main__':
    main()
