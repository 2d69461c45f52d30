import assert from 'node:assert/strict';
import { loadGolden, type Signature } from '../../golden/load';
import { convolutions } from './rows';

const { records } = loadGolden('signatures');

/** APIs without a row, by the start of their path. */
const WITHOUT_ROW: Readonly<Record<string, string>> = {
  'tf.compat.v1.layers.': "TensorFlow 1's layer functions are not modelled",
  'keras.ops.': "Keras' own operations are not modelled",
};

/** `forward` is no row: it belongs to its layer, and is held to its signature by calls. */
const MEMBERS = records.filter(({ path }) => path.endsWith('.forward'));

/** Keras 2 writes the default of one layer's data format out; the layers of Keras 3 serve it otherwise. */
const KERAS_2_DEFAULT = "data_format='channels_last'";

describe('signatures that the frameworks show', () => {
  const rows = convolutions();
  const isWithout = ({ path }: Signature) => Object.keys(WITHOUT_ROW).some((start) => path.startsWith(start));

  it('are many', () => assert.ok(records.length > 90));

  for (const record of records) {
    if (isWithout(record) || MEMBERS.includes(record)) continue;
    it(record.path, () => {
      const full = record.path.replace(/^tf\./, 'tensorflow.');
      const row = rows.get(full) ?? rows.get(full.replace(/^tf_keras\./, 'keras.'));
      assert.equal(row?.replaceAll('"', "'"), textOf(record).replace(KERAS_2_DEFAULT, 'data_format=None'));
    });
  }

  it('are there for every row', () => {
    const shown = new Set(records.map(({ path }) => path.replace(/^tf\./, 'tensorflow.')));
    const unseen = [...rows.keys()].filter((path) => !shown.has(path));
    assert.deepEqual(unseen, ['tf_keras.layers.Convolution3DTranspose']);
  });

  it('are of APIs without a row only as far as listed', () => {
    const without = records.filter(isWithout);
    assert.ok(Object.keys(WITHOUT_ROW).every((start) => without.some(({ path }) => path.startsWith(start))));
    assert.ok(without.every(({ path }) => !rows.has(path.replace(/^tf\./, 'tensorflow.'))));
  });
});

/** A record as Python writes a parameter list. */
function textOf({ parameters }: Signature): string {
  const stars: Readonly<Record<string, string>> = { VAR_POSITIONAL: '*', VAR_KEYWORD: '**' };
  const texts = parameters.map(
    ({ name, kind, default: given }) =>
      `${stars[kind] ?? ''}${name}${given === undefined ? '' : `=${given}`}`,
  );
  return `(${texts.join(', ')})`;
}
