/** Weight slices in each framework's layout; the shapes are those of PyTorch's, TensorFlow's and Keras' documents. */
import assert from 'node:assert/strict';
import { exact } from '../../../../src/symbolic/quantity';
import { filterSlice, kernelText, weightSlice } from '../../../../webview/page/map/weightIndex';
import { conv } from '../layers';

describe('the weight of a pair of channels', () => {
  it('is [out, in / groups] for a convolution of PyTorch', () => {
    const spec = conv(6, 4, 3, { groups: exact(2) });
    const shape = { inChannels: 6, outChannels: 4, groups: 2 };
    assert.equal(weightSlice(spec, shape, 4, 3), 'weight[3, 1, :, :]');
    assert.equal(filterSlice(spec, shape, 3), 'weight[3, :, :, :]');
  });

  it('is [in, out / groups] for a transposed one of PyTorch', () => {
    const spec = conv(4, 6, 3, { groups: exact(2), transposed: true, weightLayout: 'IOK' });
    const shape = { inChannels: 4, outChannels: 6, groups: 2 };
    assert.equal(weightSlice(spec, shape, 3, 4), 'weight[3, 1, :, :]');
    assert.equal(filterSlice(spec, shape, 4), undefined);
  });

  it('is [in / groups, out] at the end for a convolution of TensorFlow', () => {
    const spec = conv(6, 4, 3, { groups: exact(2), weightLayout: 'KIO', weightName: 'filters' });
    const shape = { inChannels: 6, outChannels: 4, groups: 2 };
    assert.equal(weightSlice(spec, shape, 4, 3), 'filters[:, :, 1, 3]');
    assert.equal(filterSlice(spec, shape, 3), 'filters[:, :, :, 3]');
  });

  it('is [out, in] at the end for a transposed one of TensorFlow', () => {
    const spec = conv(3, 5, 3, { transposed: true, weightLayout: 'KOI', weightName: 'filters' }, 1);
    const shape = { inChannels: 3, outChannels: 5, groups: 1 };
    assert.equal(weightSlice(spec, shape, 2, 4), 'filters[:, 4, 2]');
    assert.equal(filterSlice(spec, shape, 4), 'filters[:, 4, :]');
  });

  it('is [in, multiplier] at the end for a depthwise one of TensorFlow', () => {
    const spec = conv(3, 6, 3, {
      groups: exact(3),
      depthMultiplier: exact(2),
      weightLayout: 'KIM',
      weightName: 'filter',
    });
    const shape = { inChannels: 3, outChannels: 6, groups: 3 };
    assert.equal(weightSlice(spec, shape, 2, 5), 'filter[:, :, 2, 1]');
    assert.equal(filterSlice(spec, shape, 4), 'filter[:, :, 2, 0]');
  });

  it('has a kernel of as many sizes as axes', () => {
    assert.equal(kernelText(conv(1, 1, 3, {}, 3)), '3×3×3');
    assert.equal(kernelText(conv(1, 1, 5, {}, 1)), '5');
  });
});
