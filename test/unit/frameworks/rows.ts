/** The rows of all convolutions, as tests walk them. */
import { convolutionRows as keras } from '../../../src/frameworks/keras/convolutions';
import { convolutionRows as tensorflow } from '../../../src/frameworks/tensorflow/convolutions';
import { convolutionRows as torch } from '../../../src/frameworks/torch/convolutions';

/** Full name → signature. */
export function convolutions(): ReadonlyMap<string, string> {
  return new Map(
    [...torch(), ...tensorflow(), ...keras()].map(({ path, signature = '' }) => [path, signature]),
  );
}

/** One parameter of a signature's text. */
export interface RowParameter {
  readonly name: string;
  /** Python text; absent when the parameter is required. */
  readonly value?: string;
}

/** The parameters that a call may name; `**kwargs` is left out. */
export function parametersOf(signature: string): RowParameter[] {
  const parts = signature.slice(1, -1).split(/, (?=\*{0,2}[a-z]\w*(?:=|,|$))/i);
  return parts
    .filter((part) => !part.startsWith('*'))
    .map((part) => {
      const [name = '', value] = part.split('=');
      return value === undefined ? { name } : { name, value };
    });
}
