/** The command line's words as options, or as a message that says what to type. */
import type { AssumedInput } from '../analysis/report';
import { parseInputSize } from '../present/input';

export interface ReportOptions {
  readonly paths: readonly string[];
  readonly isJson: boolean;
  readonly isStrict: boolean;
  readonly assumedInput?: AssumedInput;
}

/** What the words ask for. */
export type Request =
  | { readonly kind: 'report'; readonly options: ReportOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly message: string };

export const USAGE = `usage: convlens report PATH... [--json] [--input 1x3x224x224] [--strict]

  PATH      a Python file, a notebook, or a folder that is searched for both
  --json    JSON instead of a table
  --input   the input size to assume where the code gives none: batch x channels x sizes
  --strict  exit with 1 when a call has errors
`;

/** Reads the words after the program's name. */
export function readArguments(words: readonly string[]): Request {
  const [command, ...rest] = words;
  if (words.includes('--help') || words.includes('-h')) return { kind: 'help' };
  if (command === undefined) return misuse('say what to do: convlens report PATH');
  if (command !== 'report')
    return misuse(`${command} is not a command; type: convlens report ${words.join(' ')}`);
  return readOptions(rest);
}

function readOptions(words: readonly string[]): Request {
  const paths: string[] = [];
  const options: { isJson: boolean; isStrict: boolean; assumedInput?: AssumedInput } = {
    isJson: false,
    isStrict: false,
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name, inline] = splitOption(word);
    if (name === '--') paths.push(...rest.splice(0));
    else if (name === '--json') options.isJson = true;
    else if (name === '--strict') options.isStrict = true;
    else if (name === '--input') {
      const text = inline ?? rest.shift();
      options.assumedInput = text === undefined ? undefined : parseInputSize(text);
      if (options.assumedInput === undefined) return misuse(inputMessage(text));
    } else if (name.startsWith('-'))
      return misuse(`there is no option ${name}; there are --json, --input and --strict`);
    else paths.push(word);
  }
  if (paths.length === 0) return misuse('name a file or folder: convlens report PATH');
  return { kind: 'report', options: { ...options, paths } };
}

function splitOption(word: string): [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function inputMessage(text: string | undefined): string {
  const given = text === undefined ? '--input needs a size' : `${text} is not a size`;
  return `${given}; type batch, channels and sizes separated by x: --input 1x3x224x224`;
}

function misuse(message: string): Request {
  return { kind: 'misuse', message };
}
