/** Formulas as text in the notation of the cards: `9·C·C`, `(H + 2) // 2 + 1`, `width / groups`. */
import { atomKey } from './polynomial';
import type { Atom, Factor, Formula, Known, Quantity, Term } from './quantity';

/** The quantity as text; what is unknown is a question mark, since its reason is told elsewhere. */
export function show(quantity: Quantity): string {
  if (quantity.kind === 'unknown') return '?';
  return quantity.kind === 'exact' ? showNumber(quantity.value) : showFormula(quantity);
}

/** The number with a comma between thousands, such as `7,077,888`. */
export function showNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The quantity as text fit for a factor: sums are in brackets. */
export function showFactor(quantity: Quantity): string {
  const text = show(quantity);
  return quantity.kind === 'formula' && (quantity.terms.length > 1 || text.includes(' ')) ? `(${text})` : text;
}

function showFormula(formula: Formula): string {
  const names = new SymbolNames();
  return formula.terms
    .map((term, index) => {
      const text = showTerm({ ...term, numerator: Math.abs(term.numerator) }, names, formula.terms.length > 1);
      if (index === 0) return term.numerator < 0 ? `-${text}` : text;
      return term.numerator < 0 ? ` - ${text}` : ` + ${text}`;
    })
    .join('');
}

function showTerm(term: Term, names: SymbolNames, isPart: boolean): string {
  const above = term.factors.filter(({ power }) => power > 0).flatMap((factor) => repeat(factor, names));
  const below = term.factors.filter(({ power }) => power < 0).flatMap((factor) => repeat(factor, names));
  const alone = above.length + below.length === 1 && term.numerator === 1 && term.denominator === 1 && !isPart;
  if (term.numerator !== 1 || above.length === 0) above.unshift(showNumber(term.numerator));
  if (term.denominator !== 1) below.unshift(showNumber(term.denominator));
  const dividend = above.join('·');
  if (below.length === 0) return alone ? stripBrackets(dividend) : dividend;
  return `${dividend} / ${below.length === 1 ? below.join('') : `(${below.join('·')})`}`;
}

function repeat({ atom, power }: Factor, names: SymbolNames): string[] {
  return Array<string>(Math.abs(power)).fill(showAtom(atom, names));
}

function showAtom(atom: Atom, names: SymbolNames): string {
  if (atom.kind === 'symbol') return names.of(atom);
  const operands = atom.operands.map((operand) => showOperand(operand, atom.operator));
  if (atom.operator === 'max' || atom.operator === 'min') return `${atom.operator}(${operands.join(', ')})`;
  return `(${operands.join(` ${atom.operator} `)})`;
}

function showOperand(operand: Known, operator: string): string {
  return operator === 'max' || operator === 'min' ? show(operand) : showFactor(operand);
}

function stripBrackets(text: string): string {
  return text.startsWith('(') && text.indexOf(')') === text.length - 1 ? text.slice(1, -1) : text;
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
