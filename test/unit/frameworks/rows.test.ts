import assert from 'node:assert/strict';
import type { ConvLayer } from '../../../src/conv/spec';
import { errorsOf, type Outcome, programRunner, type RunProgram } from './programs';
import { convolutions, parametersOf, type RowParameter } from './rows';

/** Imports that every program here has; rows are named in full. */
const IMPORTS = [
  'import torch',
  'import torch.nn.functional',
  'import tensorflow',
  'import keras',
  'import tf_keras',
];

describe('every convolution of the tables', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  for (const [path, signature] of convolutions()) {
    describe(path, () => {
      const parameters = parametersOf(signature);
      const required = parameters.filter(({ value }) => value === undefined);
      const call = (...args: readonly string[]) => run(...IMPORTS, `${path}(${args.join(', ')})`);
      const sample = ({ name, value }: RowParameter) => value ?? sampleOf(path, name);

      it('takes what is required', () => {
        assert.deepEqual(bindingMessages(call(...required.map(sample))), []);
      });

      it('means the same with every default written out', () => {
        const written = call(...parameters.map((each) => `${each.name}=${sample(each)}`));
        assert.deepEqual(errorsOf(written), []);
        assert.deepEqual(layerOf(written), layerOf(call(...required.map(sample))));
      });

      it('means the same by position', () => {
        const written = call(...parameters.map(sample));
        assert.deepEqual(errorsOf(written), []);
        assert.deepEqual(layerOf(written), layerOf(call(...required.map(sample))));
      });

      it('refuses one argument too many', () => {
        const outcome = call(...parameters.map(sample), 'None');
        const own = isLayer(path) ? 1 : 0;
        const [least, most] = [required.length + own, parameters.length + own];
        const takes = least === most ? `${most}` : `from ${least} to ${most}`;
        assert.deepEqual(bindingMessages(outcome), [
          `${nameOf(path)}() takes ${takes} positional arguments but ${most + 1} were given`,
        ]);
      });

      it('refuses a misspelt keyword', () => {
        const outcome = call(...required.map(sample), 'strid=1');
        const name = nameOf(path);
        const expected = signature.includes('**')
          ? `ValueError: Unrecognized keyword arguments passed to ${name.split('.')[0] ?? ''}: {'strid': 1}`
          : `TypeError: ${name}() got an unexpected keyword argument 'strid'`;
        assert.deepEqual(
          errorsOf(outcome).map(({ exception, message }) => `${exception ?? ''}: ${message}`),
          [expected],
        );
      });

      it('refuses an argument given twice', () => {
        const [first] = parameters;
        assert.ok(first !== undefined);
        const outcome = call(sample(first), `${first.name}=${sample(first)}`);
        assert.ok(
          bindingMessages(outcome).includes(
            `${nameOf(path)}() got multiple values for argument '${first.name}'`,
          ),
        );
      });

      it('refuses a call without what is required', () => {
        const missing = required.map(({ name }) => `'${name}'`);
        assert.deepEqual(
          bindingMessages(call()),
          missing.length === 0
            ? []
            : [
                `${nameOf(path)}() missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${listed(missing)}`,
              ],
        );
      });
    });
  }
});

function bindingMessages({ findings }: Outcome): string[] {
  return findings.filter(({ code }) => code.startsWith('python.')).map(({ message }) => message);
}

/** The layer of the one call, without the places its unknown parts arose at, which differ between spellings. */
function layerOf({ sites }: Outcome): unknown {
  assert.equal(sites.length, 1);
  const layer: ConvLayer | undefined = sites[0]?.layer;
  return JSON.parse(JSON.stringify(layer, (key, value: unknown) => (key === 'place' ? undefined : value)));
}

/** As Python names the callable: layers are called through `__init__`, under the name of their class. */
function nameOf(path: string): string {
  const [name = ''] = path.split('.').slice(-1);
  return isLayer(path) ? `${name.replace('Convolution', 'Conv')}.__init__` : name;
}

function isLayer(path: string): boolean {
  return /\.(Lazy)?[A-Z]\w+$/.test(path);
}

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`. */
function listed(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1) ?? ''}`;
}

function rankOf(path: string): 1 | 2 | 3 {
  return /1d/i.test(path) ? 1 : /3d/i.test(path) ? 3 : 2;
}

/** An argument that goes with the others' samples: four channels in and out, 9 elements and a kernel of 3 an axis. */
function sampleOf(path: string, name: string): string {
  const rank = rankOf(path);
  const tensor = (sizes: readonly number[]) =>
    path.startsWith('torch') ? `torch.zeros(${sizes.join(', ')})` : `tensorflow.zeros([${sizes.join(', ')}])`;
  const spatial = (size: number) => Array<number>(rank).fill(size);
  const full = `[${[1, ...spatial(1), 1].join(', ')}]`;
  const isTorch = path.startsWith('torch');
  switch (name) {
    case 'in_channels':
    case 'out_channels':
    case 'filters':
      if (isLayer(path)) return '4';
      return tensor([...spatial(3), 4, 4]);
    case 'kernel_size':
      return '3';
    case 'input':
    case 'value':
      return tensor(isTorch ? [1, 4, ...spatial(9)] : [1, ...spatial(9), 4]);
    case 'weight':
      return tensor([4, 4, ...spatial(3)]);
    case 'filter':
    case 'depthwise_filter':
      return tensor([...spatial(3), 4, path.includes('depthwise') || path.includes('separable') ? 1 : 4]);
    case 'pointwise_filter':
      return tensor([...spatial(1), 4, 4]);
    case 'output_shape':
      return `[${[1, ...spatial(9), 4].join(', ')}]`;
    case 'strides':
      return /conv3d$|depthwise|separable/.test(path) ? full : '1';
    case 'stride':
    case 'rate':
      return '1';
    case 'padding':
      return "'SAME'";
    default:
      throw new Error(`no sample for ${name} of ${path}`);
  }
}
