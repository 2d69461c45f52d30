/** The head of the page: what the layer is, where it stands, and what can be done with it. */
import type { CopyFormat, LayerContent } from '../../../src/protocol/visualiser';
import type { Commands } from '../commands';
import { button, dropdown } from '../controls';
import { h, linkButton } from '../dom';
import { formatName } from '../wording';
import { layerOf, type Section, section } from '../section';

const FORMATS: readonly CopyFormat[] = ['markdown', 'json', 'pytorch', 'keras'];

/** Title, kind, place and sentence of the layer. */
export function headingSection(commands: Commands): Section {
  return section(
    { class: 'heading' },
    (state) => [layerOf(state)],
    (content) => {
      if (content === undefined) return [];
      return [
        h(
          'div',
          { class: 'title' },
          h('h1', {}, content.title),
          h('span', { class: 'kind' }, content.kindText),
        ),
        linkButton(content.location, () => commands.reveal(content.place), {
          'data-key': 'location',
          title: 'Go to the call',
          'aria-label': `Go to ${content.location}`,
        }),
        h('p', { class: 'sentence' }, content.sentence),
      ];
    },
  );
}

/** Pin and copy. */
export function toolbarSection(commands: Commands): Section {
  return section(
    { class: 'toolbar', 'aria-label': 'Actions' },
    (state) => [layerOf(state), state.copyFormat, state.notice],
    (content, format, notice) => {
      if (content === undefined) return [];
      return [
        pinButton(content, commands),
        h('span', { class: 'copy' }, copyFormats(format, commands), copyButton(format, commands)),
        h('span', { class: 'notice', role: 'status' }, notice),
      ];
    },
  );
}

function pinButton({ isPinned }: LayerContent, commands: Commands): HTMLElement {
  return button({
    label: isPinned ? 'Unpin' : 'Pin',
    attributes: {
      'data-key': 'pin',
      title: isPinned ? 'Follow the cursor again' : 'Keep this layer while the cursor moves on',
    },
    onClick: () => commands.pin(!isPinned),
  });
}

function copyFormats(format: CopyFormat, commands: Commands): HTMLElement {
  return dropdown({
    label: 'Format to copy',
    options: FORMATS.map((each) => ({ value: each, text: formatName(each) })),
    value: format,
    attributes: { 'data-key': 'format' },
    onChange: (chosen) => commands.dispatch({ type: 'copyFormat', format: chosen }),
  });
}

function copyButton(format: CopyFormat, commands: Commands): HTMLElement {
  return button({
    label: 'Copy',
    attributes: { 'data-key': 'copy', title: `Copy this layer as ${formatName(format)}` },
    onClick: () => commands.copy(format),
  });
}
