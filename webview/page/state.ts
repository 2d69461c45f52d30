/** Everything the page shows follows from this one serialisable record; actions alone change it. */
import type { ConvLayer } from '../../src/conv/spec';
import type { Verification } from '../../src/conv/verification';
import type { CopyFormat, PageContent } from '../../src/protocol/visualiser';
import type { MapFocus } from './map/focus';
import type { StageName } from './map/stages';
import type { Opened } from './map/tracks';

/** How far the verification of the layer on show is. */
export type VerificationState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly done: number; readonly total: number; readonly label: string }
  | { readonly phase: 'done'; readonly result: Verification }
  | { readonly phase: 'failed'; readonly message: string }
  | { readonly phase: 'cancelled' };

/** The page's state. */
export interface PageState {
  /** Absent until the host sends something. */
  readonly content?: PageContent;
  readonly stage: StageName;
  readonly focus: MapFocus;
  readonly hover?: MapFocus;
  readonly opened?: Opened;
  readonly verification: VerificationState;
  readonly copyFormat: CopyFormat;
  /** What was last done, such as `Copied as JSON`. */
  readonly notice: string;
}

/** What can happen. */
export type Action =
  | { readonly type: 'show'; readonly content: PageContent }
  | { readonly type: 'stage'; readonly stage: StageName }
  | { readonly type: 'focus'; readonly focus: MapFocus }
  | { readonly type: 'hover'; readonly hover?: MapFocus }
  | { readonly type: 'open'; readonly opened: Opened; readonly focus: MapFocus }
  | { readonly type: 'fold' }
  | { readonly type: 'verification'; readonly verification: VerificationState }
  | { readonly type: 'copyFormat'; readonly format: CopyFormat }
  | { readonly type: 'pinned'; readonly isPinned: boolean }
  | { readonly type: 'notice'; readonly notice: string };

/** The state before anything is known. */
export const INITIAL_STATE: PageState = {
  stage: 'first',
  focus: {},
  verification: { phase: 'idle' },
  copyFormat: 'markdown',
  notice: '',
};

/** The state after an action. */
export function reduce(state: PageState, action: Action): PageState {
  switch (action.type) {
    case 'show':
      return showContent(state, action.content);
    case 'stage':
      return { ...state, stage: action.stage, focus: {}, hover: undefined, opened: undefined };
    case 'focus':
      return { ...state, focus: action.focus };
    case 'hover':
      return { ...state, hover: action.hover };
    case 'open':
      return { ...state, opened: action.opened, focus: action.focus, hover: undefined };
    case 'fold':
      return { ...state, opened: undefined, focus: {}, hover: undefined };
    case 'verification':
      return { ...state, verification: action.verification };
    case 'copyFormat':
      return { ...state, copyFormat: action.format };
    case 'pinned':
      return withPin(state, action.isPinned);
    case 'notice':
      return { ...state, notice: action.notice };
  }
}

/** What outlives a reload: all but what a pointer or a running job had going. */
export function savedState(state: PageState): PageState {
  const { content, stage, focus, opened, copyFormat } = state;
  const verification = state.verification.phase === 'done' ? state.verification : INITIAL_STATE.verification;
  return { content, stage, focus, opened, copyFormat, verification, notice: '' };
}

/** Whether both contents show the same convolution, so that what was found about the one holds for the other. */
export function isSameLayer(a: PageContent | undefined, b: PageContent | undefined): boolean {
  const [first, second] = [layerOf(a), layerOf(b)];
  return first !== undefined && second !== undefined && JSON.stringify(first) === JSON.stringify(second);
}

/** Focus and folding stay while the call site does; a verification only while the convolution itself does. */
function showContent(state: PageState, content: PageContent): PageState {
  const isSameSite =
    content.kind === 'layer' && state.content?.kind === 'layer' && state.content.id === content.id;
  const isSame = isSameSite && isSameLayer(state.content, content);
  return {
    ...state,
    content,
    stage: isSameSite ? state.stage : 'first',
    focus: isSameSite ? state.focus : {},
    opened: isSame ? state.opened : undefined,
    hover: undefined,
    verification: isSame ? state.verification : { phase: 'idle' },
    notice: isSameSite ? state.notice : '',
  };
}

function withPin(state: PageState, isPinned: boolean): PageState {
  if (state.content?.kind !== 'layer') return state;
  return { ...state, content: { ...state.content, isPinned } };
}

function layerOf(content: PageContent | undefined): ConvLayer | undefined {
  return content?.kind === 'layer' ? content.layer : undefined;
}
