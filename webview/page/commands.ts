/** What views can ask for. */
import type { CopyFormat } from '../../src/protocol/visualiser';
import type { Place } from '../../src/symbolic/place';
import type { Action } from './state';

/** The effects behind the controls; `dispatch` changes the state, the others reach beyond the page. */
export interface Commands {
  dispatch(action: Action): void;
  reveal(place: Place): void;
  copy(format: CopyFormat): void;
  pin(isPinned: boolean): void;
  verify(): void;
  cancel(): void;
}
