/** Python's abstract syntax as plain data with spans; what the parser cannot read is an `error` node. */
import type { Span } from '../symbolic/place';

/** One file or notebook cell. */
export interface Module {
  readonly kind: 'module';
  readonly body: readonly Statement[];
  /** Where the text is not valid Python. */
  readonly errors: readonly Span[];
  /** Why nothing was read; then the body is empty and one error covers the text. */
  readonly problem?: 'tooLarge' | 'binary';
}

interface Node {
  readonly span: Span;
}

export type Expression =
  | IntegerLiteral
  | FloatLiteral
  | StringLiteral
  | FormattedString
  | ConstantLiteral
  | Name
  | Attribute
  | Subscript
  | Slice
  | Call
  | Unary
  | Binary
  | BooleanOperation
  | Comparison
  | Conditional
  | Lambda
  | Sequence
  | Dictionary
  | Comprehension
  | Starred
  | Named
  | Await
  | Yield
  | ErrorExpression;

/** `value` is absent when the literal is beyond 2^53. */
export interface IntegerLiteral extends Node {
  readonly kind: 'integer';
  readonly value?: number;
}

export interface FloatLiteral extends Node {
  readonly kind: 'float';
  readonly value: number;
}

/** A string with escapes resolved and neighbours joined; bytes and complex numbers are `error` expressions. */
export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}

export interface FormattedString extends Node {
  readonly kind: 'formatted';
  readonly parts: readonly (string | FormattedPart)[];
}

/**
 * `{value!conversion:format}`; `isDebug` for `{value=}`. `text` is the source of the value; for `{value=}` it is all
 * that stands before the value's own text in the result, the equals sign and blanks included.
 */
export interface FormattedPart {
  readonly value: Expression;
  readonly text: string;
  readonly conversion?: string;
  readonly format?: FormattedString;
  readonly isDebug: boolean;
}

export interface ConstantLiteral extends Node {
  readonly kind: 'constant';
  readonly value: true | false | null | '...';
}

export interface Name extends Node {
  readonly kind: 'name';
  readonly name: string;
}

/** `nameSpan` is the attribute's own word. */
export interface Attribute extends Node {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}

/** `object[index]`; several indices are a tuple `sequence`. */
export interface Subscript extends Node {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly index: Expression;
}

export interface Slice extends Node {
  readonly kind: 'slice';
  readonly start?: Expression;
  readonly stop?: Expression;
  readonly step?: Expression;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** From the opening bracket to the closing one. */
  readonly argumentsSpan: Span;
}

/** `span` covers the whole argument, keyword included. */
export interface Argument extends Node {
  readonly form: 'positional' | 'keyword' | 'star' | 'doubleStar';
  readonly keyword?: string;
  readonly value: Expression;
}

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: '+' | '-' | '~' | 'not';
  readonly operand: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface BooleanOperation extends Node {
  readonly kind: 'boolean';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

/** `first op0 operands[0] op1 operands[1] …`, each pair compared in turn. */
export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

/** `consequence if condition else alternative`. */
export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly consequence: Expression;
  readonly alternative: Expression;
}

export interface Lambda extends Node {
  readonly kind: 'lambda';
  readonly parameters: Parameters;
  readonly body: Expression;
}

export interface Sequence extends Node {
  readonly kind: 'sequence';
  readonly type: 'tuple' | 'list' | 'set';
  readonly elements: readonly Expression[];
}

/** An entry without key is `**value`. */
export interface Dictionary extends Node {
  readonly kind: 'dictionary';
  readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
}

/** `key` only for dictionaries. */
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly type: 'list' | 'set' | 'dictionary' | 'generator';
  readonly key?: Expression;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression }
  | { readonly kind: 'if'; readonly condition: Expression };

export interface Starred extends Node {
  readonly kind: 'starred';
  readonly value: Expression;
}

/** `target := value`. */
export interface Named extends Node {
  readonly kind: 'named';
  readonly target: Name;
  readonly value: Expression;
}

export interface Await extends Node {
  readonly kind: 'await';
  readonly value: Expression;
}

export interface Yield extends Node {
  readonly kind: 'yield';
  readonly isFrom: boolean;
  readonly value?: Expression;
}

/** Text that is not an expression we read; `text` is its source. */
export interface ErrorExpression extends Node {
  readonly kind: 'error';
  readonly text: string;
}

/** A parameter list, in order. */
export interface Parameters {
  readonly list: readonly Parameter[];
  /** Those that arguments by position fill. */
  readonly positional: readonly Parameter[];
  /** The names that keywords may use. */
  readonly byKeyword: ReadonlySet<string>;
  /** `*args`, if it has a name. */
  readonly star?: Parameter;
  /** `**kwargs`. */
  readonly doubleStar?: Parameter;
}

export interface Parameter extends Node {
  readonly name: string;
  readonly form: 'positionalOnly' | 'normal' | 'keywordOnly' | 'star' | 'doubleStar';
  readonly annotation?: Expression;
  readonly defaultValue?: Expression;
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | AugmentedAssignment
  | If
  | For
  | While
  | FunctionDefinition
  | ClassDefinition
  | Return
  | Raise
  | Assert
  | Delete
  | Import
  | ImportFrom
  | With
  | Try
  | Match
  | Scope
  | Simple
  | ErrorStatement;

export interface ExpressionStatement extends Node {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `targets[0] = targets[1] = … = value`; an annotation alone has no value. */
export interface Assignment extends Node {
  readonly kind: 'assignment';
  readonly targets: readonly Expression[];
  readonly annotation?: Expression;
  readonly value?: Expression;
}

export interface AugmentedAssignment extends Node {
  readonly kind: 'augmented';
  readonly operator: BinaryOperator;
  readonly target: Expression;
  readonly value: Expression;
}

/** `elif` is an `if` alone in `alternative`. */
export interface If extends Node {
  readonly kind: 'if';
  /** Whether a `return`, `break` or `continue` inside may end it early. */
  readonly mayLeave: boolean;
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly alternative: readonly Statement[];
}

export interface For extends Node {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly alternative: readonly Statement[];
}

export interface While extends Node {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly alternative: readonly Statement[];
}

export interface FunctionDefinition extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: Parameters;
  readonly returns?: Expression;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
  /** Whether the body yields, so that a call makes a generator. */
  readonly isGenerator: boolean;
}

export interface ClassDefinition extends Node {
  readonly kind: 'class';
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface Return extends Node {
  readonly kind: 'return';
  readonly value?: Expression;
}

export interface Raise extends Node {
  readonly kind: 'raise';
  readonly exception?: Expression;
}

export interface Assert extends Node {
  readonly kind: 'assert';
  readonly condition: Expression;
  readonly message?: Expression;
}

export interface Delete extends Node {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}

/** `import a.b as c`: `path` is `a.b`, `alias` is `c`. */
export interface Import extends Node {
  readonly kind: 'import';
  readonly names: readonly { readonly path: string; readonly alias?: string }[];
}

/** `from ..a import b as c`: `level` is 2; `names` is absent for `*`. */
export interface ImportFrom extends Node {
  readonly kind: 'importFrom';
  readonly level: number;
  readonly path: string;
  readonly names?: readonly { readonly name: string; readonly alias?: string }[];
}

export interface With extends Node {
  readonly kind: 'with';
  /** Whether a `return`, `break` or `continue` inside may end it early. */
  readonly mayLeave: boolean;
  readonly items: readonly { readonly context: Expression; readonly target?: Expression }[];
  readonly body: readonly Statement[];
}

export interface Try extends Node {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly {
    readonly type?: Expression;
    readonly name?: string;
    readonly body: readonly Statement[];
  }[];
  readonly alternative: readonly Statement[];
  readonly final: readonly Statement[];
}

export interface Match extends Node {
  readonly kind: 'match';
  /** Whether a `return`, `break` or `continue` inside may end it early. */
  readonly mayLeave: boolean;
  readonly subject: Expression;
  readonly cases: readonly {
    readonly pattern: Pattern;
    readonly guard?: Expression;
    readonly body: readonly Statement[];
  }[];
}

export type Pattern =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'capture'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'or'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'sequence'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string }
  /** `*name` in a sequence; without a name for `*_`. */
  | { readonly kind: 'star'; readonly name?: string }
  /** `{key: pattern, **rest}`. */
  | {
      readonly kind: 'mapping';
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
      readonly rest?: string;
    }
  /** `type(positional, name=pattern)`. */
  | {
      readonly kind: 'class';
      readonly type: Expression;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
    }
  /** A pattern that is not read; `names` are what it binds. */
  | { readonly kind: 'other'; readonly names: readonly string[] };

export interface Scope extends Node {
  readonly kind: 'scope';
  readonly type: 'global' | 'nonlocal';
  readonly names: readonly string[];
}

export interface Simple extends Node {
  readonly kind: 'pass' | 'break' | 'continue';
}

/** Text that is not a statement; its readable expressions are kept, so that calls in half-typed lines are seen. */
export interface ErrorStatement extends Node {
  readonly kind: 'error';
  readonly expressions: readonly Expression[];
}
