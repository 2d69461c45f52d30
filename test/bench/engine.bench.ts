/** How fast the engines convolve, beside TensorFlow.js on the same layers in the same run: `npm run bench -- engine`. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { dirname, sep } from 'node:path';
import { type Geometry, isGeometry, resolveGeometry } from '../../src/conv/geometry';
import { denseProducts } from '../../src/conv/taps';
import { sizesOf } from '../../webview/engine/kernel';
import { createRandom, randomReals } from '../../webview/engine/random';
import { convolveReference } from '../../webview/engine/reference';
import { permute } from '../../webview/engine/tensor';
import { tunedEngine } from '../../webview/engine/tuned';
import { makeSpec, type SpecParts } from '../unit/conv/specs';

interface Layer {
  readonly name: string;
  readonly geometry: Geometry;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

interface Data {
  readonly input: Float32Array;
  readonly weight: Float32Array;
}

/** A way to compute the layer. */
interface Candidate {
  readonly name: string;
  /** Computes it once and lets go of the output; what is measured. */
  run(): Promise<void>;
  /** The output `[out, height, width]`. */
  output(): Promise<ArrayLike<number>>;
  free(): void;
}

const ROUNDS = 7;
const layers: readonly Layer[] = [
  layer('3→64 7×7 stride 2 @224', { in: 3, out: 64, kernel: 7, stride: 2, padding: 3 }, 224),
  layer('64→64 3×3 @56', { in: 64, out: 64, kernel: 3, padding: 1 }, 56),
  layer('256→64 1×1 @56', { in: 256, out: 64, kernel: 1 }, 56),
  layer('512→512 3×3 @7', { in: 512, out: 512, kernel: 3, padding: 1 }, 7),
  layer('256→256 3×3 dilation 2 @28', { in: 256, out: 256, kernel: 3, padding: 2, dilation: 2 }, 28),
  layer('128→128 3×3 in 32 groups @56', { in: 128, out: 128, kernel: 3, padding: 1, groups: 32 }, 56),
  layer('depthwise 32 3×3 @112', { in: 32, out: 32, kernel: 3, padding: 1, groups: 32 }, 112),
  layer('depthwise 96 7×7 @56', { in: 96, out: 96, kernel: 7, padding: 3, groups: 96 }, 56),
];

async function main(): Promise<void> {
  setWasmPaths(
    dirname(require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm')) + sep,
  );
  setThreadsCount(1);
  console.log('Milliseconds of processor time, median; × is how many times the tuned engine is faster.');
  for (const each of layers) await measureLayer(each);
}

async function measureLayer(each: Layer): Promise<void> {
  const random = createRandom(1);
  const sizes = sizesOf(each.geometry);
  const data = { input: randomReals(random, sizes.input), weight: randomReals(random, sizes.weight) };
  const expected = convolveReference(each.geometry, data.input, data.weight);
  const times = new Map([['reference', timeReference(each.geometry, data)]]);
  for (const make of [tuned, ...(isForPeers(each.geometry) ? [peer('wasm'), peer('cpu')] : [])]) {
    const candidate = await make(each, data);
    const difference = largestDifference(await candidate.output(), expected);
    if (!(difference < 1e-3)) throw new Error(`${candidate.name} is wrong by ${difference} on ${each.name}`);
    times.set(candidate.name, await medianTime(candidate));
    candidate.free();
  }
  report(each, times);
}

function report(each: Layer, times: ReadonlyMap<string, number>): void {
  const own = times.get('tuned') ?? NaN;
  const speed = (2 * denseProducts(each.geometry)) / own / 1e6;
  const others = [...times]
    .filter(([name]) => name !== 'tuned')
    .map(([name, time]) => `${name} ${time.toFixed(1)} (${(time / own).toFixed(2)}×)`);
  console.log(
    `${each.name.padEnd(30)} tuned ${own.toFixed(1)} (${speed.toFixed(1)} GFLOP/s)  ${others.join('  ')}`,
  );
}

const tuned = (each: Layer, { input, weight }: Data): Promise<Candidate> =>
  Promise.resolve({
    name: 'tuned',
    run: () => Promise.resolve(void tunedEngine.convolve(each.geometry, input, weight)),
    output: () => Promise.resolve(tunedEngine.convolve(each.geometry, input, weight)),
    free: () => undefined,
  });

/** TensorFlow.js has no grouped convolution but the depthwise one. */
function isForPeers({ groups, inChannels, outChannels }: Geometry): boolean {
  return groups === 1 || (groups === inChannels && groups === outChannels);
}

/** TensorFlow.js keeps its own layouts, as its users would; the padding is part of what is measured. */
function peer(backend: 'wasm' | 'cpu') {
  return async (each: Layer, data: Data): Promise<Candidate> => {
    await tf.setBackend(backend);
    const { geometry } = each;
    const [{ input: height, kernel }, { input: width }] = geometry.axes as [
      Geometry['axes'][0],
      Geometry['axes'][0],
    ];
    const input = permute({ shape: [1, geometry.inChannels, height, width], data: data.input }, [0, 2, 3, 1]);
    const perGroup = geometry.inChannels / geometry.groups;
    const shape = [geometry.outChannels, perGroup, kernel, kernel];
    const isDepthwise = geometry.groups > 1;
    const weight = permute({ shape, data: data.weight }, isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
    const x = tf.tensor4d(input.data as Float32Array, input.shape as [number, number, number, number]);
    const w = tf.tensor4d(weight.data as Float32Array, weight.shape as [number, number, number, number]);
    const { padding, stride, dilation } = each;
    const convolve = () => {
      const padded = padding === 0 ? x : tf.pad4d(x, [[0, 0], [padding, padding], [padding, padding], [0, 0]]); // prettier-ignore
      return isDepthwise
        ? tf.depthwiseConv2d(padded, w, stride, 'valid', 'NHWC', dilation)
        : tf.conv2d(padded, w, stride, 'valid', 'NHWC', dilation);
    };
    return {
      name: `tfjs-${backend}`,
      run: async () => {
        const output = tf.tidy(convolve);
        await output.data();
        output.dispose();
      },
      output: async () => {
        const output = tf.tidy(convolve);
        const numbers = (await output.data()) as Float32Array;
        const moved = permute({ shape: output.shape, data: numbers }, [0, 3, 1, 2]).data;
        output.dispose();
        return moved;
      },
      free: () => tf.dispose([x, w]),
    };
  };
}

/** Median processor time of one run, after two that warm it up; other processes do not count. */
async function medianTime(candidate: Candidate): Promise<number> {
  await candidate.run();
  await candidate.run();
  const times: number[] = [];
  while (times.length < ROUNDS) {
    const start = processorTime();
    await candidate.run();
    times.push(processorTime() - start);
  }
  return times.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? NaN;
}

/** The reference is measured once: it is some ten times slower, and nobody waits for it. */
function timeReference(geometry: Geometry, { input, weight }: Data): number {
  const start = processorTime();
  convolveReference(geometry, input, weight);
  return processorTime() - start;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = Math.abs((a[index] ?? NaN) - (b[index] ?? NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

function layer(name: string, parts: SpecParts, size: number): Layer {
  const geometry = resolveGeometry(makeSpec(parts), { spatial: [size, size] });
  if (!isGeometry(geometry)) throw new Error(`${name} is no layer`);
  const [axis] = geometry.axes;
  return {
    name,
    geometry,
    stride: axis?.stride ?? 1,
    padding: axis?.before ?? 0,
    dilation: axis?.dilation ?? 1,
  };
}

void main();
