/** Attention: the layer, the function, and the transformers made of it. Source: torch/nn/modules/activation.py, transformer.py. */
import { setOwn } from '../../interp/setting';
import { positional } from '../../interp/call';
import { deepCopy } from '../../interp/library/copy';
import { anyOf } from '../../interp/join';
import { integer, NONE, tuple, unknown, type Value } from '../../interp/values';
import { add, equal, floorDivide, multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { bound, classRow, functionRow, pythonRows, type BoundCall, type Row, type Toolbox } from '../library';
import { valueOf } from '../read';
import { broadcast, type Shape } from '../shapes';
import { shapeOf, shapeReason } from '../tensor';
import {
  baseRow,
  differ,
  flag,
  initialise,
  integerSetting,
  maybe,
  outcomeValue,
  recordLinear,
  recordProduct,
  settingsOfCall,
  settingsOfLayer,
  tensor,
  type Member,
  type Outcome,
  type Settings,
} from './layer';

const CLONES = 'modules.transformer._get_clones';
const MOST_CLONES = 1024;

/** The class of the output projection, which code may tell from other linear layers. */
const PROJECTION = 'modules.linear.NonDynamicallyQuantizableLinear';

const ATTENTION =
  '(embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None)';
const FORWARD =
  '(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False)';

/** The transformer layers as Python says them best; masks decide no shape. */
const TRANSFORMERS = `
class TransformerEncoderLayer(Module):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None):
        super().__init__()
        self.self_attn = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first)
        self.linear1 = Linear(d_model, dim_feedforward, bias=bias)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias=bias)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)

    def forward(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
        x = self.norm1(src)
        self.self_attn(x, x, x, need_weights=False)
        return self.norm2(self.linear2(self.linear1(x)))

class TransformerDecoderLayer(Module):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None):
        super().__init__()
        self.self_attn = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first)
        self.multihead_attn = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first)
        self.linear1 = Linear(d_model, dim_feedforward, bias=bias)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias=bias)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias)
        self.norm3 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.dropout3 = Dropout(dropout)

    def forward(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False):
        x = self.norm1(tgt)
        self.self_attn(x, x, x, need_weights=False)
        x = self.norm2(x)
        self.multihead_attn(x, memory, memory, need_weights=False)
        return self.norm3(self.linear2(self.linear1(x)))

class TransformerEncoder(Module):
    def __init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True):
        super().__init__()
        self.layers = _get_clones(encoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm

    def forward(self, src, mask=None, src_key_padding_mask=None, is_causal=None):
        output = src
        for mod in self.layers:
            output = mod(output)
        if self.norm is not None:
            output = self.norm(output)
        return output

class TransformerDecoder(Module):
    def __init__(self, decoder_layer, num_layers, norm=None):
        super().__init__()
        self.layers = _get_clones(decoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm

    def forward(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False):
        output = tgt
        for mod in self.layers:
            output = mod(output, memory)
        if self.norm is not None:
            output = self.norm(output)
        return output

class Transformer(Module):
    def __init__(self, d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation=None, custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None):
        super().__init__()
        if custom_encoder is not None:
            self.encoder = custom_encoder
        else:
            encoder_layer = TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)
            self.encoder = TransformerEncoder(encoder_layer, num_encoder_layers, LayerNorm(d_model, eps=layer_norm_eps, bias=bias))
        if custom_decoder is not None:
            self.decoder = custom_decoder
        else:
            decoder_layer = TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)
            self.decoder = TransformerDecoder(decoder_layer, num_decoder_layers, LayerNorm(d_model, eps=layer_norm_eps, bias=bias))
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    def forward(self, src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False):
        return self.decoder(tgt, self.encoder(src))
`;

/** Rows of the layers and of the function. */
export function attentionRows(): Row[] {
  const uses = ['Module', 'MultiheadAttention', 'Linear', 'Dropout', 'LayerNorm', CLONES];
  return [
    classRow('torch.nn.MultiheadAttention', 'torch.nn.Module', ATTENTION, makeAttention, (tools) => [
      ['forward', forwardOf(tools)],
    ]),
    baseRow(PROJECTION, 'torch.nn.Linear'),
    functionRow(`torch.nn.${CLONES}`, '(module, N)', clones),
    ...pythonRows('torch.nn', TRANSFORMERS, uses, [
      'TransformerEncoderLayer',
      'TransformerDecoderLayer',
      'TransformerEncoder',
      'TransformerDecoder',
      'Transformer',
    ]),
    functionRow(
      'torch.nn.functional.scaled_dot_product_attention',
      '(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False)',
      (call, tools) => {
        const settings = settingsOfCall(call, tools);
        return outcomeValue(scaledDotProduct(settings), tools, call.context);
      },
    ),
  ];
}

const makeAttention: Parameters<typeof classRow>[3] = (self, call, tools) => {
  const settings = settingsOfCall(call, tools);
  const embed = valueOf(call, 'embed_dim');
  const width = (name: string): Value => (valueOf(call, name).kind === 'none' ? embed : valueOf(call, name));
  const { interpreter } = call.context;
  initialise(self, call, tools, {
    name: 'MultiheadAttention',
    signature: ATTENTION,
    attributes: () => [
      ['kdim', width('kdim')],
      ['vdim', width('vdim')],
      [
        'head_dim',
        integer(floorDivide(integerSetting(settings, 'embed_dim'), integerSetting(settings, 'num_heads'))),
      ],
    ],
    parameters: () =>
      parametersOf({
        ...settings,
        value: (name) => (/^[kv]dim$/.test(name) ? width(name) : settings.value(name)),
      }),
    refusal: () => {
      const [size, heads] = ['embed_dim', 'num_heads'].map((name) =>
        numberOf(integerSetting(settings, name)),
      );
      const isUneven = size !== undefined && heads !== undefined && size % heads !== 0;
      return isUneven ? 'AssertionError: embed_dim must be divisible by num_heads' : undefined;
    },
  });
  const args = positional(embed, embed, valueOf(call, 'bias'));
  const projection = interpreter.call(tools.value(`torch.nn.${PROJECTION}`), args, call.context);
  setOwn(self, 'out_proj', projection, call.context);
};

function parametersOf(settings: Settings): Member[] {
  const [embed, key, value] = ['embed_dim', 'kdim', 'vdim'].map((name) => integerSetting(settings, name)) as [
    Quantity,
    Quantity,
    Quantity,
  ];
  const isOne = isSameEmbedding(embed, key, value);
  const bias = maybe(flag(settings, 'bias'), [multiply(exact(3), embed)]);
  const extra = maybe(flag(settings, 'add_bias_kv'), [exact(1), exact(1), embed]);
  const own = (shape: Shape) => maybe(typeof isOne === 'boolean' ? !isOne : isOne, shape);
  return [
    ['in_proj_weight', maybe(isOne, [multiply(exact(3), embed), embed])],
    ['q_proj_weight', own([embed, embed])],
    ['k_proj_weight', own([embed, key])],
    ['v_proj_weight', own([embed, value])],
    ['in_proj_bias', bias],
    ['bias_k', extra],
    ['bias_v', extra],
  ];
}

/** One matrix projects queries, keys and values where they are equally wide. */
function isSameEmbedding(embed: Quantity, key: Quantity, value: Quantity): boolean | Reason {
  const answers = [equal(embed, key), equal(embed, value)];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? { code: 'parameter', subject: 'kdim, vdim' } : true;
}

function forwardOf(tools: Toolbox): Value {
  return bound(
    tools,
    'torch.nn.MultiheadAttention.forward',
    'MultiheadAttention.forward',
    FORWARD,
    (call) => {
      const settings = settingsOfLayer(valueOf(call, 'self'), call, tools);
      const shapes = ['query', 'key', 'value'].map((name) => shapeOf(valueOf(call, name)));
      const [query, key, value] = shapes;
      if (query !== undefined && key !== undefined && value !== undefined)
        return outcomeValue(attend(query, key, value, settings), tools, call.context);
      const missing = ['query', 'key', 'value'][shapes.indexOf(undefined)] ?? 'query';
      const why = shapeReason(valueOf(call, missing), 'the output');
      return tuple([tensor(query ?? why, settings), unknown(why)]);
    },
  );
}

/** (L, N, E) queries over (S, N, ·) keys and values; batch and length change places with `batch_first`. */
function attend(query: Shape, key: Shape, value: Shape, settings: Settings): Outcome {
  const isFirst = flag(settings, 'batch_first');
  const [extra, zero] = [flag(settings, 'add_bias_kv'), flag(settings, 'add_zero_attn')];
  const embed = integerSetting(settings, 'embed_dim');
  if (typeof isFirst !== 'boolean' || typeof extra !== 'boolean' || typeof zero !== 'boolean')
    return undefined;
  if (query.length !== key.length || (query.length !== 2 && query.length !== 3)) return undefined;
  const widths = [embed, integerSetting(settings, 'kdim'), integerSetting(settings, 'vdim')];
  if ([query, key, value].some((shape, index) => differ(shape.at(-1), widths[index])))
    return {
      refused:
        'AssertionError: the last dimensions of query, key and value do not fit embed_dim, kdim and vdim',
    };
  const lengthAxis = query.length === 3 && isFirst ? 1 : 0;
  const [length, source] = [query[lengthAxis], key[lengthAxis]];
  const batch = query.length === 3 ? [query[isFirst ? 0 : 1] ?? exact(1)] : [];
  if (length === undefined || source === undefined) return undefined;
  [query, key, value].forEach((shape, index) =>
    recordLinear([...shape.slice(0, -1), embed], widths[index] ?? embed, settings),
  );
  const seen = add(source, exact((extra ? 1 : 0) + (zero ? 1 : 0)));
  const output = [...query.slice(0, -1), embed];
  for (const _ of [key, value]) recordProduct([...batch, length, seen], embed, settings);
  recordLinear(output, embed, settings);
  return tuple([tensor(output, settings), weightsOf([...batch], length, seen, settings)]);
}

/** The attention weights, averaged over the heads or one for each, or `None` where they are not asked for. */
function weightsOf(batch: Shape, length: Quantity, seen: Quantity, settings: Settings): Value {
  const [isNeeded, isAveraged] = [flag(settings, 'need_weights'), flag(settings, 'average_attn_weights')];
  if (isNeeded === false) return NONE;
  if (typeof isNeeded !== 'boolean' || typeof isAveraged !== 'boolean')
    return unknown({ code: 'unmodelled', subject: 'need_weights' });
  const heads = isAveraged ? [] : [integerSetting(settings, 'num_heads')];
  return tensor([...batch, ...heads, length, seen], settings);
}

/** (…, L, E) queries over (…, S, E) keys and (…, S, V) values give (…, L, V). */
function scaledDotProduct(settings: Settings): Outcome {
  const names = ['query', 'key', 'value'];
  const shapes = names.map((name) => shapeOf(settings.value(name)));
  const [query, key, value] = shapes;
  if (query === undefined || key === undefined || value === undefined) {
    const missing = names[shapes.indexOf(undefined)] ?? 'query';
    return tensor(shapeReason(settings.value(missing), 'the output'), settings);
  }
  const [length, width] = query.slice(-2);
  const [source, columns] = [key.at(-2), value.at(-1)];
  const isGrouped = flag(settings, 'enable_gqa');
  if (!length || !width || !source || !columns || isGrouped !== false) return undefined;
  if (differ(width, key.at(-1)) || differ(source, value.at(-2)))
    return { refused: 'RuntimeError: the sizes of query, key and value do not fit each other' };
  const around = broadcast(query.slice(0, -2), key.slice(0, -2));
  const batch = around && broadcast(around, value.slice(0, -2));
  if (batch === undefined) return undefined;
  recordProduct([...batch, length, source], width, settings);
  recordProduct([...batch, length, columns], source, settings);
  return [...batch, length, columns];
}

/** `_get_clones(module, N)`: so many copies in a list. */
function clones(call: BoundCall, tools: Toolbox): Value {
  const { interpreter } = call.context;
  const [module, count] = [valueOf(call, 'module'), valueOf(call, 'N')];
  const number = count.kind === 'int' && count.value <= MOST_CLONES ? count.value : undefined;
  const copy = () => deepCopy(module, call.context);
  const why: Reason =
    count.kind === 'unknown' ? count.reason : { code: 'parameter', subject: 'N', place: call.context.place };
  const copies = number === undefined ? anyOf([copy()], why) : tuple(Array.from({ length: number }, copy));
  return interpreter.call(tools.value('torch.nn.ModuleList'), positional(copies), call.context);
}
