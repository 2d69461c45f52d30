/** Where something stands in source text, in the editor's own terms. */

/** Lines and characters count from 0; characters are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A half-open stretch of text. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of text in one document or notebook cell. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** Negative when `a` comes first, positive when `b` does, 0 when they are the same position. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Whether `position` lies in `span`, its end included, as a cursor behind the last character still touches it. */
export function contains(span: Span, position: Position): boolean {
  return comparePositions(span.start, position) <= 0 && comparePositions(position, span.end) <= 0;
}
