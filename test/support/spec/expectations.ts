/** What a case expects, read from the comments in its code. */

/** A convolution that must be found on `line` (from 0), with what must hold of it. */
export interface ExpectedSite {
  readonly line: number;
  /** Such as `depthwise ×3, 3→9 k3×3 g3`. */
  readonly summary: string;
  /** Such as `weight [9, 1, 3, 3]`; only these are checked. */
  readonly claims: readonly string[];
}

/** A finding that must be reported on `line`. */
export interface ExpectedFinding {
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly code: string;
  /** The message; with the exception before it when that is checked too; a final `…` stands for any rest. */
  readonly message: string;
}

export interface Expectations {
  readonly sites: readonly ExpectedSite[];
  readonly findings: readonly ExpectedFinding[];
}

const MARKER = /#\s*(conv|and|error|warning|hint):\s*/;

/**
 * Reads `# conv: summary; claim; …`, `# error: [code] message`, `# warning: …` and `# hint: …`. A comment that stands
 * alone belongs to the code line above it; `# and:` goes on with the claims of the convolution before.
 */
export function expectationsOf(text: string): Expectations {
  const sites: { line: number; summary: string; claims: string[] }[] = [];
  const findings: ExpectedFinding[] = [];
  let codeLine = 0;
  for (const [number, line] of text.split('\n').entries()) {
    const [code = '', ...parts] = line.split(MARKER);
    if (code.trim() !== '') codeLine = number;
    for (let part = 0; part < parts.length; part += 2) {
      const [kind, body = ''] = [parts[part], parts[part + 1]?.trim()];
      if (kind === 'conv') {
        const [summary = '', ...claims] = splitClaims(body);
        sites.push({ line: codeLine, summary, claims });
      } else if (kind === 'and') {
        sites.at(-1)?.claims.push(...splitClaims(body));
      } else if (kind === 'error' || kind === 'warning' || kind === 'hint') {
        findings.push({ line: codeLine, severity: kind, ...parseFinding(body) });
      }
    }
  }
  return { sites, findings };
}

function parseFinding(body: string): { code: string; message: string } {
  const [, code = '', message = ''] = /^\[(.*?)\]\s*(.*)$/.exec(body) ?? [];
  return { code, message };
}

/** Splits at semicolons outside brackets. */
function splitClaims(body: string): string[] {
  const claims = [''];
  let depth = 0;
  for (const letter of body) {
    if ('[('.includes(letter)) depth++;
    if ('])'.includes(letter)) depth--;
    if (letter === ';' && depth === 0) claims.push('');
    else claims.push((claims.pop() ?? '') + letter);
  }
  return claims.map((claim) => claim.trim());
}
