/** Formulas as text in the notation of the cards: `9·C·C`, `(H + 2) // 2 + 1`, `width / groups`. */
import { atomOf } from './arithmetic';
import { atomKey } from './polynomial';
import type { Atom, Factor, Formula, Known, Operator, Quantity, Term } from './quantity';

/** The quantity as text; what is unknown is a question mark, since its reason is told elsewhere. */
export function show(quantity: Quantity): string {
  if (quantity.kind === 'unknown') return '?';
  return quantity.kind === 'exact' ? showNumber(quantity.value) : showFormula(quantity);
}

/** The number with a comma between thousands, such as `7,077,888`. */
export function showNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The quantity as text fit for a factor: sums and operations are in brackets, names and calls are not. */
export function showFactor(quantity: Quantity): string {
  const text = show(quantity);
  const isOpen = quantity.kind === 'formula' && !isName(quantity);
  return isOpen && (quantity.terms.length > 1 || text.includes(' ')) ? `(${text})` : text;
}

function showFormula(formula: Formula, names = new SymbolNames(), isReal = false): string {
  const rounded = roundedReal(formula);
  if (rounded !== undefined) return showKnown(rounded, names, true);
  return positiveFirst(formula.terms)
    .map((term, index) => {
      const isNegative = term.numerator < 0;
      const text = showTerm(
        { ...term, numerator: Math.abs(term.numerator) },
        names,
        index === 0 && isNegative,
        isReal,
      );
      if (index === 0) return isNegative ? `-${text}` : text;
      return isNegative ? ` - ${text}` : ` + ${text}`;
    })
    .join('');
}

/** `1 - C` reads better than `-C + 1`. */
function positiveFirst(terms: readonly Term[]): readonly Term[] {
  const first = terms.find(({ numerator }) => numerator > 0);
  return first === undefined ? terms : [first, ...terms.filter((term) => term !== first)];
}

/** An operation stands without brackets where it is a whole term that no sign precedes. */
function showTerm(term: Term, names: SymbolNames, isSigned: boolean, isReal: boolean): string {
  const [factor, ...rest] = term.factors;
  const isAlone = factor?.power === 1 && rest.length === 0 && term.numerator === 1 && term.denominator === 1;
  if (isAlone && !isSigned) return showAlone(factor.atom, names);
  const above = term.factors.filter(({ power }) => power > 0).flatMap((each) => repeat(each, names));
  const below = term.factors.filter(({ power }) => power < 0).flatMap((each) => repeat(each, names));
  const isDecimal = isReal && term.denominator !== 1 && Number.isInteger(Math.log2(term.denominator));
  if (isDecimal) above.unshift(String(term.numerator / term.denominator));
  else if (term.numerator !== 1 || above.length === 0) above.unshift(showNumber(term.numerator));
  if (term.denominator !== 1 && !isDecimal) below.unshift(showNumber(term.denominator));
  const dividend = above.join('·');
  if (below.length === 0) return dividend;
  return `${dividend} / ${below.length === 1 ? below.join('') : `(${below.join('·')})`}`;
}

/** A rounded product needs no brackets in a sum. */
function showAlone(atom: Atom, names: SymbolNames): string {
  const [operand] = atom.kind === 'operation' && atom.operator === 'float' ? atom.operands : [];
  const isProduct = operand?.kind === 'formula' && operand.terms.length === 1;
  return isProduct ? showKnown(operand, names, true) : showAtom(atom, names);
}

function repeat({ atom, power }: Factor, names: SymbolNames): string[] {
  const text = showAtom(atom, names);
  const isCallOrName = atom.kind === 'symbol' || isCall(atom.operator) || atom.operator === 'float';
  return Array<string>(Math.abs(power)).fill(isCallOrName ? text : `(${text})`);
}

function showAtom(atom: Atom, names: SymbolNames): string {
  if (atom.kind === 'symbol') return names.of(atom);
  const { operator, operands } = atom;
  if (isCall(operator))
    return `${operator}(${operands.map((operand) => showKnown(operand, names, true)).join(', ')})`;
  const isReal = operator === 'float';
  return operands.map((operand) => showOperand(operand, names, isReal)).join(` ${operator} `);
}

function showOperand(operand: Known, names: SymbolNames, isReal: boolean): string {
  const text = showKnown(operand, names, isReal);
  return isName(operand) ? text : `(${text})`;
}

/** Whether the operand is one symbol or call, which binds tighter than any operation. */
function isName(operand: Known): boolean {
  if (operand.kind === 'exact') return operand.value >= 0;
  const [term, ...others] = operand.terms;
  const [factor, ...factors] = term?.factors ?? [];
  if (term === undefined || factor === undefined || others.length > 0 || factors.length > 0) return false;
  const isPlain = term.numerator === 1 && term.denominator === 1 && factor.power === 1;
  return isPlain && (factor.atom.kind === 'symbol' || isCall(factor.atom.operator));
}

function showKnown(known: Known, names: SymbolNames, isReal = false): string {
  return known.kind === 'exact' ? showNumber(known.value) : showFormula(known, names, isReal);
}

/** The real number that a formula is, but for rounding, which is not shown. */
function roundedReal(known: Known): Known | undefined {
  const atom = atomOf(known);
  return atom?.kind === 'operation' && atom.operator === 'float' ? atom.operands[0] : undefined;
}

function isCall(operator: Operator): boolean {
  return ['max', 'min', 'int', 'round', 'floor', 'ceil'].includes(operator);
}

/** Gives different symbols of the same name different texts: the second `dim` is `dim′`. */
class SymbolNames {
  private readonly byKey = new Map<string, string>();

  of(atom: Atom & { kind: 'symbol' }): string {
    const key = atomKey(atom);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    let name = atom.name;
    while ([...this.byKey.values()].includes(name)) name += '′';
    this.byKey.set(key, name);
    return name;
  }
}
