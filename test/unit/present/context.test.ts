/** The chosen context: which layers it means at a call, and when their figures stand for the call. */
import assert from 'node:assert/strict';
import { choiceText, layersInContext, siteInContext, validChoice } from '../../../src/present/context';
import { built, data, held, layer, model, reportOf, site } from './make';

const first = built('net()', ['layer1.0.conv1', 'layer1.1.conv1'], { in: 64, out: 64 });
const second = built('net()', ['layer2.0.conv1'], { in: 64, out: 128, stride: [2, 2] });
const other = built('other()', ['stem'], { in: 3, out: 8 });
const call = site({
  layer: layer({ in: 'planes', out: 'planes' }),
  assumes: ['stride=1'],
  built: [first, second, other],
});

const namesIn = (instance?: string) =>
  layersInContext(call.built, { model: 'net()', instance }).flatMap(({ names }) => names);

describe('The layers of a context', () => {
  it('are those of the model', () => {
    assert.deepEqual(namesIn(), ['layer1.0.conv1', 'layer1.1.conv1', 'layer2.0.conv1']);
    assert.deepEqual(layersInContext(call.built, { model: 'gone()' }), []);
  });

  it('are the instance itself, or what is inside it', () => {
    assert.deepEqual(namesIn('layer1.1.conv1'), ['layer1.1.conv1']);
    assert.deepEqual(namesIn('layer1'), ['layer1.0.conv1', 'layer1.1.conv1']);
  });

  it('are those beside the instance when this call did not build it', () => {
    assert.deepEqual(namesIn('layer2.0.conv3'), ['layer2.0.conv1']);
    assert.deepEqual(namesIn('fc'), ['layer1.0.conv1', 'layer1.1.conv1', 'layer2.0.conv1']);
  });

  it('are not those of a name that merely begins alike', () => {
    assert.deepEqual(namesIn('layer'), ['layer1.0.conv1', 'layer1.1.conv1', 'layer2.0.conv1']);
    assert.deepEqual(
      layersInContext([built('m', ['a.conv10'])], { model: 'm', instance: 'a.conv1' }).flatMap(
        ({ names }) => names,
      ),
      ['a.conv10'],
    );
  });
});

describe('A call in a context', () => {
  it('has the figures of the one layer that is meant, and rests on no default', () => {
    const inputs = [data(64, 56, 56)];
    const shown = siteInContext(
      { ...call, built: [first, { ...second, inputs }] },
      { model: 'net()', instance: 'layer2.0.conv3' },
    );
    assert.deepEqual(shown.site.layer, second.layer);
    assert.deepEqual(shown.site.input, inputs[0]);
    assert.deepEqual(shown.site.assumes, []);
    assert.equal(shown.as, 'net() · layer2.0.conv1');
  });

  it('names no single layer when several are alike', () => {
    const shown = siteInContext(call, { model: 'net()', instance: 'layer1' });
    assert.deepEqual(shown.site.layer, first.layer);
    assert.equal(shown.as, 'net()');
  });

  it('has no input when its layers were applied to data of several sizes', () => {
    const inputs = [data(64, 56, 56), data(64, 28, 28)];
    const shown = siteInContext(
      { ...call, input: data(64, 8, 8), built: [{ ...second, inputs }] },
      { model: 'net()' },
    );
    assert.equal(shown.site.input, undefined);
  });

  it('stays general when the context builds several kinds, or nothing here', () => {
    assert.equal(siteInContext(call, { model: 'net()' }).site, call);
    assert.equal(siteInContext(call, { model: 'gone()' }).site, call);
    assert.equal(siteInContext(call, undefined).site, call);
  });
});

describe('A choice', () => {
  const reports = [reportOf({ models: [model({ id: 'net()', layers: [held('layer1.0.conv1')] })] })];

  it('holds while its model is there, and its instance while that holds a layer', () => {
    assert.deepEqual(validChoice({ model: 'net()', instance: 'layer1.0' }, reports), {
      model: 'net()',
      instance: 'layer1.0',
    });
    assert.deepEqual(validChoice({ model: 'net()', instance: 'layer9' }, reports), { model: 'net()' });
    assert.equal(validChoice({ model: 'gone()' }, reports), undefined);
    assert.equal(validChoice(undefined, reports), undefined);
  });

  it('reads as model and instance', () => {
    assert.equal(choiceText({ model: 'net()' }), 'net()');
    assert.equal(choiceText({ model: 'net()', instance: 'layer1.0' }), 'net() · layer1.0');
  });
});
