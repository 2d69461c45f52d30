/** The commands that cards link to, and the links themselves. */
import type { Place } from '../symbolic/place';
import { commandLink } from './markdown';
import { fileName } from './words';

/** The commands that a card may link to; the editor trusts a card with these and no others. */
export const CARD_COMMANDS = {
  open: 'convlens.openVisualiser',
  verify: 'convlens.verifyMapping',
  copy: 'convlens.copySpec',
  reveal: 'convlens.reveal',
  built: 'convlens.showBuiltLayers',
  context: 'convlens.chooseContext',
  summary: 'convlens.showModelSummary',
  inputSize: 'convlens.setModelInputSize',
} as const;

/** Names a call, or a model, by its document and its identity there: what links hand to commands. */
export interface Target {
  readonly uri: string;
  readonly id: string;
}

/** A link to a place in source, such as `resnet.py:118`. */
export function revealLink(place: Place): string {
  return commandLink(`${fileName(place.uri)}:${place.span.start.line + 1}`, CARD_COMMANDS.reveal, [place]);
}

/** A link that runs one of our commands on a call or a model. */
export function targetLink(label: string, command: keyof typeof CARD_COMMANDS, target: Target): string {
  return commandLink(label, CARD_COMMANDS[command], [{ uri: target.uri, id: target.id }]);
}
