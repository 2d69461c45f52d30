/** Half-typed lines: what would have to follow to make them readable. */
import { placeholder } from '../lower/lowering';

/** What stands around a line. */
export interface Surroundings {
  /** Whether the line starts inside a bracket of an earlier line. */
  readonly isContinued: boolean;
  /** Whether the next line with text is indented more. */
  readonly hasBlock: boolean;
}

/** The line with its quote, operand, brackets, colon and block supplied, as far as they are missing. */
export function completeLine(line: string, { isContinued, hasBlock }: Surroundings): string {
  const { code, open, quote } = readLine(line);
  if (code.trim() === '') return line;
  let text = code + closedQuote(code, quote);
  if (quote === undefined && needsOperand.test(text))
    text += text.endsWith('.') ? placeholder : ` ${placeholder}`;
  else if (open.at(-1) === '{' && text.endsWith(':')) text += placeholder;
  for (const bracket of [...open].reverse()) text += closerOf[bracket] ?? '';
  if (isContinued) return /[,([{]$/.test(text) ? text : `${text},`;
  if (!header.test(text)) return text;
  if (/^\s*(async\s+)?for\s+[^:]*$/.test(text) && !/\bin\b/.test(text)) text += ` in ${placeholder}`;
  if (/^\s*(async\s+)?def\s+\w+$/.test(text)) text += '()';
  if (!/:\s*$/.test(text) && !hasBody(text)) text += ':';
  return /:\s*$/.test(text) && !hasBlock ? `${text} pass` : text;
}

/** The line with something meaningless in its place, so that the lines around it are read. */
export function blankLine(line: string, { isContinued, hasBlock }: Surroundings): string {
  const indentation = (/^[ \t\f]*/.exec(line) ?? [''])[0];
  if (isContinued) return `${indentation}${placeholder},`;
  return hasBlock ? `${indentation}if ${placeholder}:` : `${indentation}pass`;
}

const header = /^\s*(async\s+)?(if|elif|else|for|while|def|class|with|try|except|finally)\b/;

const needsOperand =
  /(?:[-+*/%@&|^~<>=.!]|\b(?:and|or|not|in|is|if|elif|else|while|with|for|lambda|import|as|from|await|assert|del))$/;

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Whether something follows the colon that ends the header. */
function hasBody(text: string): boolean {
  const outside = text.replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|"[^"]*"|'[^']*'/g, '');
  return /:(?!=)\s*\S/.test(outside) && !/\blambda\b/.test(outside);
}

interface LineReading {
  /** The line without comment and blanks at its end. */
  readonly code: string;
  /** Brackets opened and not closed. */
  readonly open: readonly string[];
  /** The quote, with its prefix, of a literal that does not end. */
  readonly quote: string | undefined;
}

const token =
  /#.*|[a-z]{0,2}(?:""".*?"""|'''.*?'''|"""|'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|["'])|\w+|[()[\]{}]/gi;

function readLine(line: string): LineReading {
  const open: string[] = [];
  let quote: string | undefined;
  let end = line.length;
  for (const { 0: found, index } of line.matchAll(token)) {
    if (found.startsWith('#')) end = index;
    else if (/^[a-z]{0,2}("""|'''|"|')$/i.test(found)) {
      quote = found;
      break;
    } else if (found in closerOf) open.push(found);
    else if (/^[)\]}]$/.test(found) && closerOf[open.at(-1) ?? ''] === found) open.pop();
  }
  const code = line.slice(0, end);
  return { code: quote === undefined ? code.trimEnd() : code, open, quote };
}

/** The end of a literal that has none; a replacement field in it is closed first. */
function closedQuote(code: string, quote: string | undefined): string {
  if (quote === undefined) return '';
  const content = code.slice(code.lastIndexOf(quote) + quote.length);
  const fields = content.replaceAll('{{', '').replaceAll('}}', '');
  const isInField = /^[a-z]*f/i.test(quote) && fields.lastIndexOf('{') > fields.lastIndexOf('}');
  const operand = isInField && /[{=+\-*/.(,]$/.test(fields) ? placeholder : '';
  const backslash = /(?:^|[^\\])(?:\\\\)*\\$/.test(content) ? '\\' : '';
  return `${operand}${isInField ? '}' : ''}${backslash}${quote.replace(/^[a-z]*/i, '')}`;
}
