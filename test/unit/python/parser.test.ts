/** Expectations on single pieces of syntax that Python's own trees do not tell. */
import assert from 'node:assert/strict';
import { maximumLength, type PythonParser } from '../../../src/python/parser';
import { parseSignature } from '../../../src/python/signature';
import type { Expression, Statement } from '../../../src/python/syntax';
import { callsIn, loadParser, nodesIn, showSpan } from './support';

describe('parser', () => {
  let parser: PythonParser;
  before(async () => {
    parser = await loadParser();
  });
  after(() => parser.dispose());

  const statement = (text: string): Statement => {
    const [first] = parser.parse(text).body;
    assert.ok(first);
    return first;
  };
  const expression = (text: string): Expression => {
    const first = statement(text);
    assert.equal(first.kind, 'expression');
    return first.expression;
  };

  describe('spans', () => {
    it('of a call tell its callee, its brackets and each argument with its keyword', () => {
      const call = expression('nn.Conv2d(3, groups=3)');
      assert.equal(call.kind, 'call');
      assert.equal(showSpan(call.span), '0:0-0:22');
      assert.equal(showSpan(call.callee.span), '0:0-0:9');
      assert.equal(showSpan(call.argumentsSpan), '0:9-0:22');
      assert.deepEqual(
        call.arguments.map((each) => showSpan(each.span)),
        ['0:10-0:11', '0:13-0:21'],
      );
      assert.equal(call.callee.kind === 'attribute' && showSpan(call.callee.nameSpan), '0:3-0:9');
    });

    it('of definitions tell the name', () => {
      const definition = statement('async def größe(): pass');
      assert.equal(definition.kind === 'function' && showSpan(definition.nameSpan), '0:10-0:15');
      const type = statement('class A: pass');
      assert.equal(type.kind === 'class' && showSpan(type.nameSpan), '0:6-0:7');
    });

    it('count UTF-16 code units behind an emoji', () => {
      const sum = expression('"😀" + conv');
      assert.equal(sum.kind === 'binary' && showSpan(sum.right.span), '0:7-0:11');
    });

    for (const [name, lineBreak] of [
      ['LF', '\n'],
      ['CR LF', '\r\n'],
      ['a lone CR', '\r'],
    ] as const) {
      it(`count lines that end with ${name}`, () => {
        const module = parser.parse(['x = f(1,', '  2)', 'y = 3', ''].join(lineBreak));
        assert.deepEqual(module.errors, []);
        assert.deepEqual(
          module.body.map(({ span }) => showSpan(span)),
          ['0:0-1:4', '2:0-2:5'],
        );
      });
    }
  });

  describe('strings', () => {
    it('keep the names of characters as they stand', () => {
      assert.deepEqual(expression(String.raw`"\N{BULLET}\n"`), {
        kind: 'string',
        span: { start: { line: 0, character: 0 }, end: { line: 0, character: 14 } },
        value: '\\N{BULLET}\n',
      });
    });

    it('with CR LF inside hold LF, as in Python', () => {
      const text = expression('"""a\r\nb"""');
      assert.equal(text.kind === 'string' && text.value, 'a\nb');
    });

    it('may nest the same quote in a replacement (PEP 701)', () => {
      const text = expression('f"{d["k"]}"');
      assert.equal(text.kind, 'formatted');
      const [part] = text.parts;
      assert.ok(typeof part === 'object');
      assert.equal(part.value.kind, 'subscript');
      assert.equal(part.text, 'd["k"]');
      assert.equal(showSpan(part.value.span), '0:3-0:9');
    });

    it('show `{x = }` with its blanks', () => {
      const text = expression('f"{ x = !r:>4}"');
      assert.equal(text.kind, 'formatted');
      const [part] = text.parts;
      assert.ok(typeof part === 'object');
      assert.deepEqual(
        { text: part.text, conversion: part.conversion, isDebug: part.isDebug, format: part.format?.parts },
        { text: ' x = ', conversion: 'r', isDebug: true, format: ['>4'] },
      );
    });

    for (const literal of ['b"x"', 'rb"x"', '"a" b"b"', 't"x"']) {
      it(`${literal} is not one we read`, () => assert.equal(expression(literal).kind, 'error'));
    }
  });

  describe('numbers', () => {
    for (const [text, kind] of [
      ['3j', 'error'],
      ['1.5J', 'error'],
      ['10L', 'error'],
      ['010', 'error'],
      ['9007199254740993', 'integer'],
    ] as const) {
      it(`${text} is an ${kind} without value`, () => {
        const number = expression(text);
        assert.equal(number.kind, kind);
        assert.equal('value' in number, false);
      });
    }
  });

  describe('Python 2', () => {
    it('has print statements, which are errors that keep their calls', () => {
      const [print] = parser.parse('print "x", f(1)\n').body;
      assert.equal(print?.kind, 'error');
      assert.deepEqual(callsIn(parser.parse('print "x", f(1)\nexec "x" in g(2)\n')), ['f(1)', 'g(2)']);
    });
    it('compares with <>, which is an error', () => assert.equal(expression('a <> b').kind, 'error'));
  });

  describe('newer Python', () => {
    it('type statements bind their name to something unknown', () => {
      const alias = statement('type A[T] = list[T]');
      assert.equal(alias.kind, 'assignment');
      assert.equal(alias.targets[0]?.kind === 'name' && alias.targets[0].name, 'A');
      assert.equal(alias.value?.kind, 'error');
    });
    it('functions and classes may have type parameters', () => {
      assert.equal(statement('def f[T: int, *U](x: T) -> list[T]: return x').kind, 'function');
      assert.equal(statement('class A[T](B[T]): pass').kind, 'class');
    });
  });

  describe('limits', () => {
    it('10,000 nested brackets become an error below the two-hundredth', () => {
      const depth = 10_000;
      const module = parser.parse(`x = ${'['.repeat(depth)}${']'.repeat(depth)}\ny = 1\n`);
      assert.deepEqual(module.errors, []);
      const lists = nodesIn(module.body).filter(({ kind }) => kind === 'sequence');
      assert.ok(lists.length > 190 && lists.length <= 200);
      assert.equal(nodesIn(module.body).filter(({ kind }) => kind === 'error').length, 1);
      assert.equal(module.body.at(-1)?.kind, 'assignment');
    });

    it('10,000 open brackets leave an error', () => {
      assert.ok(parser.parse('('.repeat(10_000)).errors.length > 0);
    });

    it('10,000 elif clauses nest without end of stack', () => {
      const clauses = Array.from({ length: 10_000 }, (_, i) => `elif x == ${i}: pass\n`).join('');
      assert.equal(parser.parse(`if x: pass\n${clauses}`).body.length, 1);
    });

    it('a text that is too long is refused as a whole', () => {
      const text = 'x = 1\n'.repeat(Math.ceil(maximumLength / 6) + 1);
      const { body, errors, problem } = parser.parse(text);
      assert.deepEqual({ body, problem }, { body: [], problem: 'tooLarge' });
      assert.deepEqual(errors.map(showSpan), [`0:0-${text.length / 6}:0`]);
    });

    it('a binary text is refused as a whole', () => {
      const { body, errors, problem } = parser.parse('\0\x01\nx');
      assert.deepEqual(
        { body, problem, errors: errors.map(showSpan) },
        { body: [], problem: 'binary', errors: ['0:0-1:1'] },
      );
    });

    it('an empty text is an empty module', () => {
      assert.deepEqual(parser.parse(''), { kind: 'module', body: [], errors: [] });
      assert.deepEqual(parser.parse('# only a comment').body, []);
    });
  });

  describe('signatures', () => {
    it('are parameter lists', () => {
      const { list } = parseSignature(parser, '(in_channels, kernel_size, stride=1, *, bias=True, **kwargs)');
      assert.deepEqual(
        list.map(({ name, form, defaultValue }) => [name, form, defaultValue?.kind]),
        [
          ['in_channels', 'normal', undefined],
          ['kernel_size', 'normal', undefined],
          ['stride', 'normal', 'integer'],
          ['bias', 'keywordOnly', 'constant'],
          ['kwargs', 'doubleStar', undefined],
        ],
      );
    });
    it('with a mistake throw', () =>
      assert.throws(() => parseSignature(parser, '(a, b'), /Not a parameter list/));
  });
});
