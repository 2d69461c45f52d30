/** Which unknown parts of a layer a longer analysis may tell. */
import assert from 'node:assert/strict';
import { unknown } from '../../../src/symbolic/quantity';
import { isCutShort } from '../../../src/present/unknowns';
import { layer, spec } from './make';

describe('A layer', () => {
  const because = (code: 'budget' | 'undefined-name') => ({
    stages: [{ ...spec(), outChannels: unknown({ code, subject: 'x' }) }] as const,
  });

  it('is cut short where a limit of the analysis left a part unknown, and for no other reason', () => {
    const layers = [because('budget'), because('undefined-name'), layer(), layer({ in: 'width' })];
    assert.deepEqual(layers.map(isCutShort), [true, false, false, false]);
  });
});
