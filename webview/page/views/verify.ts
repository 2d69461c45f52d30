/** Verification: run, watch, cancel, and the three paths with the split proof. */
import type {
  ChannelMismatch,
  SplitProof,
  Verification,
  VerificationStatus,
  VerifiedPath,
} from '../../../src/conv/verification';
import type { LayerContent } from '../../../src/protocol/visualiser';
import { numberOf } from '../../../src/symbolic/quantity';
import { showNumber } from '../../../src/symbolic/show';
import type { Commands } from '../commands';
import { button } from '../controls';
import { type Child, h, sign } from '../dom';
import { type Readiness, readinessOf } from '../readiness';
import { layerOf, type Section } from '../section';
import type { PageState, VerificationState } from '../state';
import { count, showDifference, statusText } from '../wording';

const PATHS: { readonly [N in VerifiedPath['name']]: { readonly title: string; readonly how: string } } = {
  formula: { title: 'Formula', how: 'from groups' },
  weights: { title: 'Weight layout', how: 'which slices exist' },
  probe: { title: 'Impulse probe', how: 'the running engine' },
};

/** The section; its status stands in `data-status`, its phase in `data-phase`. */
export function verifySection(commands: Commands): Section {
  const status = h('p', { class: 'status' });
  const message = h('div', { class: 'message', role: 'status' });
  const progress = h('progress', { 'aria-label': 'Progress of the verification' });
  const verify = button({
    label: 'Verify',
    isPrimary: true,
    attributes: { 'data-key': 'verify' },
    onClick: commands.verify,
  });
  const cancel = button({ label: 'Cancel', attributes: { 'data-key': 'cancel' }, onClick: commands.cancel });
  const results = h('div', { class: 'results' });
  const actions = h('div', { class: 'actions' }, verify, cancel, progress);
  const title = h('h2', { id: 'verify-title' }, 'Verification');
  const root = h(
    'section',
    { class: 'verify', 'aria-labelledby': 'verify-title' },
    h('div', { class: 'title' }, title, status),
    message,
    actions,
    results,
  );
  let shown: readonly [LayerContent | undefined, VerificationState] | undefined;
  const update = (state: PageState): void => {
    const content = layerOf(state);
    const { verification } = state;
    if (shown?.[0] === content && shown?.[1] === verification) return;
    shown = [content, verification];
    root.hidden = content === undefined;
    if (content === undefined) return;
    const readiness = readinessOf(content);
    const now = statusOf(readiness, verification);
    const text = statusText(now);
    root.dataset['status'] = now;
    root.dataset['phase'] = verification.phase;
    status.replaceChildren(sign(text.sign), text.word);
    status.title = text.meaning;
    setText(message, messageOf(readiness, verification));
    const isRunning = verification.phase === 'running';
    swap(verify, cancel, isRunning);
    verify.toggleAttribute('disabled', readiness.kind !== 'ready');
    verify.textContent = verification.phase === 'done' ? 'Verify again' : 'Verify';
    progress.hidden = !isRunning;
    if (verification.phase === 'running') showProgress(progress, verification);
    results.replaceChildren(
      ...resultChildren(content, readiness, verification).filter((child) => child !== undefined),
    );
  };
  return { root, update };
}

/** The status of the map before, during and after a run. */
export function statusOf(readiness: Readiness, verification: VerificationState): VerificationStatus {
  if (readiness.kind !== 'ready') return readiness.kind;
  return verification.phase === 'done' ? verification.result.status : 'derived';
}

function messageOf(readiness: Readiness, verification: VerificationState): string {
  if (readiness.kind === 'invalid') return `Nothing to run. ${readiness.message}`;
  if (readiness.kind === 'unknown') return 'Nothing to run yet: these must be numbers first.';
  switch (verification.phase) {
    case 'idle':
      return 'The map follows from groups. Verify runs the convolution and proves it.';
    case 'running':
      return verification.label;
    case 'done':
      return verification.result.summary;
    case 'failed':
      return `The verification stopped: ${verification.message}. Verify tries again.`;
    case 'cancelled':
      return 'Cancelled. The map still follows from groups.';
  }
}

function showProgress(progress: HTMLProgressElement, { done, total }: { done: number; total: number }): void {
  progress.max = Math.max(total, 1);
  progress.value = Math.min(done, progress.max);
}

/** Shows one of the two buttons; the one that comes takes over the focus of the one that goes. */
function swap(verify: HTMLElement, cancel: HTMLElement, isRunning: boolean): void {
  const [comes, goes] = isRunning ? [cancel, verify] : [verify, cancel];
  const hadFocus = document.activeElement === goes;
  comes.hidden = false;
  goes.hidden = true;
  if (hadFocus) comes.focus();
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function resultChildren(
  { layer }: LayerContent,
  readiness: Readiness,
  verification: VerificationState,
): Child[] {
  if (readiness.kind === 'unknown') {
    return [
      h(
        'ul',
        {},
        ...readiness.missing.map(({ what, because }) => h('li', {}, h('strong', {}, what), `: ${because}`)),
      ),
    ];
  }
  if (readiness.kind === 'invalid' || verification.phase !== 'done') return [];
  const { paths, split, work, mismatches, probe } = verification.result;
  const isRun = (path: VerifiedPath) => path.name !== 'probe' || probe?.inputs !== 0;
  return [
    h('ol', { class: 'paths' }, ...paths.map((path) => pathItem(path, isRun(path)))),
    split === undefined ? undefined : splitProof(split),
    isOneGroup(layer) ? h('p', { class: 'hint' }, 'One group: there is nothing to split.') : undefined,
    work === undefined ? undefined : workLine(work),
    mismatches.length === 0 ? undefined : mismatchList(mismatches),
  ];
}

function isOneGroup({ stages: [first] }: LayerContent['layer']): boolean {
  return numberOf(first.groups) === 1;
}

function pathItem({ name, agrees, detail }: VerifiedPath, isRun: boolean): HTMLElement {
  const { title, how } = PATHS[name];
  const [mark, word] = !isRun ? ['○', 'not run'] : agrees ? ['✓', 'agrees'] : ['✗', 'disagrees'];
  return h(
    'li',
    { 'data-agrees': isRun ? String(agrees) : undefined },
    h('span', { class: 'name' }, title),
    h('span', { class: 'how' }, how),
    h('span', { class: 'agreement' }, sign(mark), word),
    h('span', { class: 'detail' }, detail),
  );
}

function splitProof({ parts, maxAbsDifference, elements, outputShape }: SplitProof): HTMLElement {
  return h(
    'div',
    { class: 'split' },
    h('h3', {}, 'Split and concatenate'),
    h(
      'p',
      {},
      `${count(parts, 'group')} convolved apart and concatenated, compared with the whole: ${count(elements, 'value')} of shape [${outputShape.join(', ')}].`,
    ),
    h(
      'p',
      {},
      'Largest absolute difference: ',
      h('strong', { class: 'difference' }, showDifference(maxAbsDifference)),
    ),
  );
}

function workLine({ counted, formula }: NonNullable<Verification['work']>): HTMLElement {
  const verdict = counted === formula ? 'as the formula says' : `the formula says ${showNumber(formula)}`;
  return h('p', { class: 'work' }, `${showNumber(counted)} multiplications counted, ${verdict}.`);
}

function mismatchList(mismatches: readonly ChannelMismatch[]): HTMLElement {
  const says = (does: boolean) => (does ? 'connected' : 'not connected');
  const items = mismatches.map(({ input, output, formula, weights, probe }) =>
    h(
      'li',
      {},
      `channel ${input}, output ${output}: formula ${says(formula)}, weights ${says(weights)}, probe ${says(probe)}`,
    ),
  );
  return h('div', { class: 'mismatches' }, h('h3', {}, 'Where they disagree'), h('ul', {}, ...items));
}
