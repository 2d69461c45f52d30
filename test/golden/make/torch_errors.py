"""Exceptions that PyTorch raises for wrong convolutions: at construction, or when applied to an input of a shape."""

import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

import common

IMAGE = (1, 4, 8, 8)

# Code, expression, input shape (None: the expression itself is expected to raise), how the value is called.
# Functional rows use x (the input) and spell out their weight and bias.
ROWS = [
    # constructor
    ('T0', "nn.ConvTranspose1d(4, 4, 3, padding_mode='circular')", None),
    ('T0', "nn.ConvTranspose2d(4, 4, 3, padding_mode='reflect')", None),
    ('T0', "nn.ConvTranspose3d(4, 4, 3, padding_mode='replicate')", None),
    ('T0', "nn.LazyConvTranspose2d(4, 3, padding_mode='reflect')", None),
    ('T1', 'nn.Conv2d(4, 4, 3, groups=0)', None),
    ('T1', 'nn.Conv2d(4, 4, 3, groups=-2)', None),
    ('T1', 'nn.ConvTranspose2d(4, 4, 3, groups=0)', None),
    ('T1', 'nn.LazyConv2d(4, 3, groups=0)', None),
    ('T2', 'nn.Conv2d(4, 6, 3, groups=3)', None),
    ('T2', 'nn.Conv1d(5, 4, 3, groups=2)', None),
    ('T2', 'nn.ConvTranspose2d(4, 6, 3, groups=3)', None),
    ('T3', 'nn.Conv2d(6, 4, 3, groups=3)', None),
    ('T3', 'nn.ConvTranspose3d(6, 4, 3, groups=3)', None),
    ('T4', "nn.Conv2d(4, 4, 3, padding='SAME')", None),
    ('T4', "nn.Conv2d(4, 4, 3, padding='full')", None),
    ('T5', "nn.Conv2d(4, 4, 3, stride=2, padding='same')", None),
    ('T5', "nn.Conv2d(4, 4, 3, stride=(1, 2), padding='same')", None),
    ('T5', "nn.LazyConv1d(4, 3, 2, 'same')", None),
    ('T6', "nn.Conv2d(4, 4, 3, padding_mode='constant')", None),
    ('T6', "nn.Conv2d(4, 4, 3, padding_mode='Reflect')", None),
    # first failure wins
    ('T0', "nn.ConvTranspose2d(4, 6, 3, groups=3, padding_mode='circular')", None),
    ('T1', "nn.Conv2d(4, 6, 3, groups=0, padding='SAME')", None),
    ('T2', "nn.Conv2d(4, 4, 3, groups=3, padding_mode='constant')", None),
    ('T4', "nn.Conv2d(4, 4, 3, stride=2, padding='Same', padding_mode='constant')", None),
    ('T5', "nn.Conv2d(4, 4, 3, stride=2, padding='same', padding_mode='constant')", None),
    # arguments
    ('arity', 'nn.Conv2d(4, 4)', None),
    ('arity', 'nn.Conv2d()', None),
    ('arity', 'nn.Conv2d(4, 4, 3, filters=8)', None),
    ('arity', 'nn.Conv2d(4, 4, 3, kernel_size=3)', None),
    ('type', 'nn.Conv2d(4, 4, 3.5)', None),
    ('type', "nn.Conv2d(4, 4, '3')", None),
    ('type', 'nn.Conv2d(4, -4, 3)', None),
    ('type', 'nn.Conv2d(4.0, 4, 3)', None),
    ('type', 'nn.Conv2d(4, 4, 3, padding=True)', IMAGE),
    ('type', 'nn.Conv2d(4, 4, 3, stride=1.0)', IMAGE),
    # lazy layers check at the first call
    ('T2', 'nn.LazyConv2d(6, 3, groups=3)', IMAGE),
    ('C2', 'nn.LazyConv2d(5, 3, groups=2)', IMAGE),
    # string padding of a transposed layer
    ('string-transposed', "nn.ConvTranspose2d(4, 4, 3, padding='same')", IMAGE),
    ('string-transposed', "nn.ConvTranspose1d(4, 4, 3, padding='valid')", (1, 4, 8)),
    ('string-transposed', "F.conv_transpose2d(x, torch.randn(4, 4, 3, 3), padding='same')", IMAGE),
    # call
    ('C0', 'F.conv2d(x, torch.randn(4, 4, 3, 3), groups=0)', IMAGE),
    ('C0', 'F.conv2d(x, torch.randn(4, 4, 3, 3), groups=-1)', IMAGE),
    ('C1', 'F.conv2d(x, torch.randn(1, 1, 3, 3), groups=4)', IMAGE),
    ('C1', 'nn.Conv2d(4, 0, 3)', IMAGE),
    ('C2', 'F.conv2d(x, torch.randn(5, 2, 3, 3), groups=2)', IMAGE),
    ('C3', 'nn.Conv2d(3, 9, 3, groups=3)', IMAGE),
    ('C3', 'nn.Conv2d(3, 16, 3)', IMAGE),
    ('C3', 'nn.Conv1d(3, 16, 3)', (2, 4, 8)),
    ('C3', 'nn.Conv3d(3, 16, 3)', (1, 4, 8, 8, 8)),
    ('C3', 'F.conv2d(x, torch.randn(9, 1, 3, 3), groups=3)', IMAGE),
    ('C3', 'nn.Conv2d(3, 16, 3)', (4, 8, 8)),
    ('C3', 'nn.Conv2d(3, 16, 3)', (1, 8, 8, 3)),
    ('C4', 'nn.ConvTranspose2d(4, 6, 3)', (1, 3, 8, 8)),
    ('C4', 'nn.ConvTranspose2d(4, 6, 3, groups=2)', (1, 3, 8, 8)),
    ('C5', 'F.conv2d(x, torch.randn(6, 4, 3, 3), torch.randn(5))', IMAGE),
    ('C5', 'F.conv2d(x, torch.randn(6, 4, 3, 3), torch.randn(6, 1))', IMAGE),
    ('C5', 'F.conv_transpose2d(x, torch.randn(4, 6, 3, 3), torch.randn(4))', IMAGE),
    ('C5', 'F.conv_transpose2d(x, torch.randn(4, 3, 3, 3), torch.randn(3), groups=2)', IMAGE),
    ('C6', 'nn.Conv2d(4, 4, 9)', IMAGE),
    ('C6', 'nn.Conv2d(4, 4, 3, dilation=3)', (1, 4, 4, 4)),
    ('C6', 'nn.Conv2d(4, 4, 7, padding=1)', (1, 4, 4, 4)),
    ('C6', 'nn.Conv2d(4, 4, (1, 9))', IMAGE),
    ('C6', 'nn.Conv1d(4, 4, 5)', (1, 4, 3)),
    ('C6', 'nn.Conv3d(4, 4, 3)', (1, 4, 2, 8, 8)),
    ('C7', 'nn.Conv2d(4, 4, 3)', (8, 8)),
    ('C7', 'nn.Conv2d(4, 4, 3)', (1, 1, 4, 8, 8)),
    ('C7', 'nn.Conv1d(4, 4, 3)', (1, 4, 8, 8)),
    ('C7', 'nn.Conv3d(4, 4, 3)', (4, 8, 8)),
    ('C7', 'nn.ConvTranspose2d(4, 4, 3)', (8, 8)),
    ('C7', 'nn.LazyConv2d(4, 3)', (8, 8)),
    ('C7', 'F.conv2d(x, torch.randn(4, 4, 3))', IMAGE),
    ('C7', 'F.conv1d(x, torch.randn(4, 4, 3, 3))', (1, 4, 8)),
    ('kernel-rank', 'nn.Conv2d(4, 4, (3,))', IMAGE),
    ('kernel-rank', 'nn.Conv2d(4, 4, (3, 3, 3))', IMAGE),
    ('kernel-rank', 'nn.Conv1d(4, 4, (3, 3))', (1, 4, 8)),
    ('kernel-rank', 'nn.ConvTranspose2d(4, 4, (3,))', IMAGE),
    ('C8', 'nn.Conv2d(4, 4, 3, stride=(1, 2, 1))', IMAGE),
    ('C8', 'nn.Conv2d(4, 4, 3, padding=(1, 1, 1))', IMAGE),
    ('C8', 'nn.Conv2d(4, 4, 3, dilation=(1, 1, 1))', IMAGE),
    ('C8', 'nn.Conv1d(4, 4, 3, stride=(1, 2))', (1, 4, 8)),
    ('C8', 'nn.Conv3d(4, 4, 3, padding=(1, 1))', (1, 4, 8, 8, 8)),
    ('C8', 'nn.ConvTranspose2d(4, 4, 3, output_padding=(0, 0, 0))', IMAGE),
    ('C8', 'nn.Conv2d(4, 4, 3, stride=())', IMAGE),
    ('C9', 'nn.Conv2d(4, 4, 3, padding=-1)', IMAGE),
    ('C9', 'nn.Conv2d(4, 4, 3, padding=(1, -1))', IMAGE),
    ('C9', 'nn.ConvTranspose2d(4, 4, 3, padding=-1)', IMAGE),
    ('C9', 'nn.ConvTranspose2d(4, 4, 3, output_padding=-1)', IMAGE),
    ('C10', 'nn.Conv2d(4, 4, 3, stride=0)', IMAGE),
    ('C10', 'nn.Conv2d(4, 4, 3, stride=(1, -2))', IMAGE),
    ('C10', 'nn.ConvTranspose2d(4, 4, 3, stride=0)', IMAGE),
    ('C11', 'nn.Conv2d(4, 4, 3, dilation=0)', IMAGE),
    ('C11', 'nn.Conv2d(4, 4, 3, dilation=-1)', IMAGE),
    ('C11', 'nn.Conv1d(4, 4, 3, dilation=0)', (1, 4, 8)),
    ('C11', 'nn.Conv3d(4, 4, 3, dilation=0)', (1, 4, 8, 8, 8)),
    ('C11', 'nn.ConvTranspose2d(4, 4, 3, dilation=0)', IMAGE),
    ('C12', 'nn.Conv2d(4, 4, 0)', IMAGE),
    ('C12', 'nn.Conv2d(4, 4, (3, 0))', IMAGE),
    ('C12', 'nn.Conv1d(4, 4, 0)', (1, 4, 8)),
    ('C12', 'nn.ConvTranspose2d(4, 4, 0)', IMAGE),
    ('C12', 'nn.Conv2d(4, 4, 0, bias=False)', IMAGE),
    ('C13', "F.conv2d(x, torch.randn(4, 4, 3, 3), stride=2, padding='same')", IMAGE),
    ('C14', "F.conv2d(x, torch.randn(4, 4, 3, 3), padding='SAME')", IMAGE),
    ('C15', 'nn.ConvTranspose2d(4, 4, 3, stride=2, output_padding=2)', IMAGE),
    ('C15', 'nn.ConvTranspose2d(4, 4, 3, output_padding=1)', IMAGE),
    ('C15', 'nn.ConvTranspose1d(4, 4, 3, stride=2, output_padding=2)', (1, 4, 8)),
    ('C15', 'nn.ConvTranspose3d(4, 4, 3, stride=2, output_padding=(1, 1, 2))', (1, 4, 4, 4, 4)),
    ('C16', 'nn.ConvTranspose2d(4, 4, 1, padding=4)', (1, 4, 4, 4)),
    ('C16', 'nn.ConvTranspose1d(4, 4, 3, padding=3)', (1, 4, 2)),
    ('C17', 'nn.ConvTranspose2d(4, 4, 3, stride=2)', (1, 4, 5, 5), 'layer(x, output_size=[20, 20])'),
    ('C17', 'nn.ConvTranspose2d(4, 4, 3, stride=2, padding=1)', (1, 4, 6, 6), 'layer(x, output_size=(13, 12))'),
    ('C17', 'nn.ConvTranspose2d(4, 4, 3, stride=2)', (1, 4, 5, 5), 'layer(x, output_size=[11])'),
    ('C18', "nn.Conv2d(4, 4, 3, padding=8, padding_mode='reflect')", IMAGE),
    ('C18', "nn.Conv1d(4, 4, 3, padding=8, padding_mode='reflect')", (1, 4, 8)),
    ('C18', "nn.Conv3d(4, 4, 3, padding=4, padding_mode='reflect')", (1, 4, 4, 4, 4)),
    ('C19', "nn.Conv2d(4, 4, 3, padding=9, padding_mode='circular')", IMAGE),
    ('C20', 'nn.Conv2d(4, 4, 3).double()', IMAGE),
    ('C20', 'nn.Conv2d(4, 4, 3, dtype=torch.float16)', IMAGE),
    ('C20', 'F.conv2d(x, torch.randn(4, 4, 3, 3).double())', IMAGE),
]

# Calls that look wrong and are allowed.
ALLOWED = [
    ('nn.ConvTranspose1d(2, 3, 2, dilation=3, output_padding=2)', (1, 2, 5)),
    ('nn.ConvTranspose2d(4, 4, 3, stride=(3, 1), dilation=(1, 2), output_padding=(2, 1))', IMAGE),
    ('nn.Conv2d(4, 4, 3)', (0, 4, 8, 8)),
    ('nn.Conv2d(0, 4, 3)', (1, 0, 8, 8)),
    ("nn.Conv2d(4, 4, 3, stride=2, padding='valid')", IMAGE),
    ("nn.Conv2d(4, 4, 3, padding=8, padding_mode='circular')", IMAGE),
    ("nn.Conv2d(4, 4, 3, padding=7, padding_mode='reflect')", IMAGE),
    ("nn.Conv2d(4, 4, 3, padding=20, padding_mode='replicate')", IMAGE),
    ('nn.Conv2d(4, 4, 3, stride=5)', IMAGE),
    ('nn.Conv2d(4, 4, 3, stride=(2,), padding=[1])', IMAGE),
    ("nn.Conv2d(4, 4, 4, padding='same')", IMAGE),
    ("F.conv2d(x, torch.randn(4, 4, 3, 3), stride=(1, 1), padding='same')", IMAGE),
]


def evaluate(text, scope):
    return eval(text, {'torch': torch, 'nn': nn, 'F': F}, scope)


def attempt(expression, input, call):
    """(stage, exception or None, result): "constructor" is evaluating the text of a layer, "call" is applying it."""
    x = None if input is None else torch.randn(input)
    functional = expression.startswith('F.')
    try:
        value = evaluate(expression, {'x': x})
    except Exception as error:  # every exception is the fact we record
        return 'call' if functional else 'constructor', error, None
    if functional or input is None:
        return 'call' if functional else 'constructor', None, value
    try:
        return 'call', None, evaluate(call, {'layer': value, 'x': x})
    except Exception as error:
        return 'call', error, None


def raised(code, expression, input, call='layer(x)'):
    stage, error, result = attempt(expression, input, call)
    functional = expression.startswith('F.')
    return {
        'code': code, 'expression': expression, 'input': None if input is None else list(input),
        'call': None if functional or input is None else call, 'stage': stage,
        'exception': None if error is None else type(error).__name__,
        'message': None if error is None else str(error),
        'output': list(result.shape) if isinstance(result, torch.Tensor) else None,
    }


def allowed(expression, input):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        made = raised('allowed', expression, input)
    assert made['exception'] is None, made
    return {**made, 'warnings': [str(w.message).split(' (Triggered internally')[0] for w in caught]}


def main():
    common.fix_set_order()
    torch.manual_seed(0)
    warnings.simplefilter('ignore')
    header = {'framework': 'pytorch', 'version': torch.__version__, 'script': 'make/torch_errors.py',
              'note': 'exception null: this version accepts the call. Texts that print a Python set vary in its order.'}
    common.write('torch-errors.json', header, [*(raised(*row) for row in ROWS), *(allowed(*row) for row in ALLOWED)])


if __name__ == '__main__':
    main()
