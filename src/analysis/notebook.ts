/** Reads the code cells out of a notebook's JSON. */

/** A code cell; `number` counts all cells of the notebook from 1, as its reader sees them. */
export interface CodeCell {
  readonly number: number;
  readonly text: string;
}

/** The Python cells in order, none for another language; `undefined` when the text is not a notebook. */
export function readCells(json: string): CodeCell[] | undefined {
  const notebook = parse(json);
  if (!isRecord(notebook) || !Array.isArray(notebook['cells'])) return undefined;
  if (!isPython(notebook['metadata'])) return [];
  return notebook['cells'].flatMap((cell: unknown, index) => {
    if (!isRecord(cell) || cell['cell_type'] !== 'code') return [];
    const text = sourceText(cell['source']);
    return text === undefined ? [] : [{ number: index + 1, text }];
  });
}

/** Whether the notebook is in Python, which it is when it does not say. */
function isPython(metadata: unknown): boolean {
  if (!isRecord(metadata)) return true;
  const { language_info: info, kernelspec } = metadata;
  const language =
    (isRecord(info) ? info['name'] : undefined) ??
    (isRecord(kernelspec) ? kernelspec['language'] : undefined);
  return typeof language !== 'string' || /python/i.test(language);
}

function sourceText(source: unknown): string | undefined {
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : undefined;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
