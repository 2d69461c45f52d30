/** What changes the page's state, and what outlives what. */
import assert from 'node:assert/strict';
import { exact } from '../../../src/symbolic/quantity';
import { isSavedState } from '../../../webview/page/check';
import { type Action, INITIAL_STATE, type PageState, reduce, savedState } from '../../../webview/page/state';
import { content, conv, separable } from './layers';

const FORUM = content(conv(3, 9, 3, { groups: exact(3) }));
const DONE = {
  phase: 'done',
  result: { status: 'verified', summary: 'All agree.', paths: [], mismatches: [] },
} as const;

function after(...actions: readonly Action[]): PageState {
  return actions.reduce(reduce, INITIAL_STATE);
}

describe('the state', () => {
  it('keeps focus and verification while the same layer is shown again', () => {
    const state = after(
      { type: 'show', content: FORUM },
      { type: 'focus', focus: { input: 1, output: 4 } },
      { type: 'verification', verification: DONE },
      { type: 'show', content: { ...FORUM, sentence: 'The same in other words.' } },
    );
    assert.deepEqual(state.focus, { input: 1, output: 4 });
    assert.equal(state.verification.phase, 'done');
  });

  it('drops the verification when the convolution changed', () => {
    const state = after(
      { type: 'show', content: FORUM },
      { type: 'focus', focus: { input: 1, output: 4 } },
      { type: 'verification', verification: DONE },
      { type: 'show', content: content(conv(3, 9, 3)) },
    );
    assert.equal(state.verification.phase, 'idle');
    assert.deepEqual(state.focus, { input: 1, output: 4 });
  });

  it('begins anew at another call site', () => {
    const state = after(
      { type: 'show', content: content(separable(3, 16, 3, 2)) },
      { type: 'stage', stage: 'both' },
      { type: 'focus', focus: { input: 1 } },
      { type: 'notice', notice: 'Copied as JSON' },
      { type: 'show', content: { ...FORUM, id: 'file:///other.py#0:0' } },
    );
    assert.equal(state.stage, 'first');
    assert.deepEqual(state.focus, {});
    assert.equal(state.notice, '');
  });

  it('forgets focus and folding of another stage', () => {
    const state = after(
      { type: 'show', content: content(separable(64, 128, 3, 1)) },
      { type: 'open', opened: { group: 6 }, focus: { input: 6 } },
      { type: 'stage', stage: 'second' },
    );
    assert.equal(state.opened, undefined);
    assert.deepEqual(state.focus, {});
  });

  it('opens and folds', () => {
    const opened = after({ type: 'open', opened: { group: 0, input: 6 }, focus: { input: 6 } });
    assert.deepEqual(opened.opened, { group: 0, input: 6 });
    assert.equal(reduce(opened, { type: 'fold' }).opened, undefined);
  });

  it('shows a pin at once', () => {
    const { content: shown } = after({ type: 'show', content: FORUM }, { type: 'pinned', isPinned: true });
    assert.equal(shown?.kind === 'layer' && shown.isPinned, true);
  });

  it('never changes the record it was given', () => {
    const before = Object.freeze(after({ type: 'show', content: FORUM }));
    assert.notEqual(reduce(before, { type: 'hover', hover: { input: 1 } }), before);
    assert.equal(before.hover, undefined);
  });
});

describe('the saved state', () => {
  it('survives being stored as JSON', () => {
    const state = after(
      { type: 'show', content: FORUM },
      { type: 'focus', focus: { input: 1 } },
      { type: 'verification', verification: DONE },
    );
    const stored: unknown = JSON.parse(JSON.stringify(savedState(state)));
    assert.ok(isSavedState(stored));
    assert.deepEqual(stored.content, JSON.parse(JSON.stringify(FORUM)));
    assert.equal(stored.verification.phase, 'done');
  });

  it('holds neither a pointer nor a running job', () => {
    const running = { phase: 'running', done: 1, total: 3, label: 'Probing' } as const;
    const saved = savedState(
      after(
        { type: 'show', content: FORUM },
        { type: 'hover', hover: { input: 1 } },
        { type: 'verification', verification: running },
      ),
    );
    assert.equal(saved.hover, undefined);
    assert.equal(saved.verification.phase, 'idle');
  });
});
