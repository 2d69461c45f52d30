/** A layer's description to copy: as Markdown, as JSON, or as code of either framework. */
import type { CallSite } from '../analysis/report';
import { kerasCode } from './codeKeras';
import { torchCode } from './codeTorch';
import { siteFacts } from './facts';
import { siteJson } from './json';
import { code, codeCell, escapeText, table } from './markdown';
import { channelSentence } from './sentence';
import { fileName, kindText, sentence } from './words';

export type CopyFormat = 'markdown' | 'json' | 'pytorch' | 'keras';

interface Format {
  readonly label: string;
  /** One line for a list to pick from. */
  readonly detail: string;
  write(site: CallSite): string;
}

export const COPY_FORMATS: { readonly [F in CopyFormat]: Format } = {
  markdown: { label: 'Markdown', detail: 'The figures as a table', write: markdown },
  json: {
    label: 'JSON',
    detail: 'The figures as the command line reports them',
    write: (site) => `${JSON.stringify(siteJson(site), null, 2)}\n`,
  },
  pytorch: {
    label: 'PyTorch',
    detail: 'torch.nn code of the same layer',
    write: ({ layer, input }) => torchCode(layer, input),
  },
  keras: {
    label: 'Keras',
    detail: 'keras.layers code of the same layer',
    write: ({ layer, input }) => kerasCode(layer, input),
  },
};

/** The layer of a call in a format. */
export function copyText(site: CallSite, format: CopyFormat): string {
  return COPY_FORMATS[format].write(site);
}

function markdown(site: CallSite): string {
  const { callee, layer, place } = site;
  const facts = siteFacts(site, '2*macs').map(({ name, value, detail, scope }) => {
    const notes = [scope, detail].filter((part) => part !== undefined).join(': ');
    return [escapeText(name), codeCell(value), notes === '' ? '' : codeCell(notes)];
  });
  const where = `${fileName(place.uri)}, line ${place.span.start.line + 1}`;
  return [
    `**${code(callee)}**: ${escapeText(kindText(layer))} (${escapeText(where)})`,
    escapeText(`${sentence(channelSentence(layer))}.`),
    `${table(['', 'value', ''], facts)}\n`,
  ].join('\n\n');
}
