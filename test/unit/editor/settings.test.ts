/** Settings of a wrong form count as not set. */
import assert from 'node:assert/strict';
import { readSettings } from '../../../src/editor/settings';
import { reset, world } from '../../support/vscode';

describe('Settings', () => {
  beforeEach(reset);

  it('have defaults', () => {
    assert.deepEqual(readSettings(), {
      hoverEnabled: true,
      hoverDetail: 'full',
      diagnosticsEnabled: true,
      flops: '2*macs',
      assumedInput: undefined,
      sourceRoots: [],
    });
  });

  it('are read', () => {
    world.settings = {
      'hover.enabled': false,
      'hover.detail': 'compact',
      'diagnostics.enabled': false,
      'cost.flopsConvention': '2*macs+bias',
      'input.assumed': '2x3x64x48',
      sourceRoots: ['lib/python'],
    };
    assert.deepEqual(readSettings(), {
      hoverEnabled: false,
      hoverDetail: 'compact',
      diagnosticsEnabled: false,
      flops: '2*macs+bias',
      assumedInput: { batch: 2, channels: 3, spatial: [64, 48] },
      sourceRoots: ['lib/python'],
    });
  });

  it('of a wrong form are the defaults', () => {
    world.settings = {
      'hover.enabled': 'no',
      'hover.detail': 7,
      'cost.flopsConvention': null,
      'input.assumed': ['1'],
      sourceRoots: 'src',
    };
    assert.deepEqual(readSettings(), {
      ...readSettings(),
      hoverEnabled: true,
      hoverDetail: 'full',
      flops: '2*macs',
    });
    assert.equal(readSettings().assumedInput, undefined);
  });
});
