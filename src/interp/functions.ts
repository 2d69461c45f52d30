/** Making functions and classes from their definitions, decorators applied. */
import type { ClassDefinition, Expression, FunctionDefinition, Lambda } from '../python/syntax';
import { positional, type CallContext, type Frame } from './call';
import type { Interpreter } from './interpreter';
import { defineBody } from './makeClass';
import type { ClassOwner, FunctionValue, Value } from './values';

/** The function a definition makes, its defaults evaluated now. */
export function makeFunction(
  interpreter: Interpreter,
  definition: FunctionDefinition | Lambda,
  name: string,
  frame: Frame,
  owner?: ClassOwner,
): FunctionValue {
  const defaults = new Map<string, Value>();
  for (const parameter of definition.parameters.list) {
    if (parameter.defaultValue)
      defaults.set(parameter.name, interpreter.evaluate(parameter.defaultValue, frame));
  }
  const made: FunctionValue = {
    kind: 'function',
    name,
    definition,
    unit: frame.unit,
    closure: frame.scope,
    defaults,
    attributes: new Map(),
    owner,
  };
  if (!interpreter.isRehearsing) interpreter.host.defined(made);
  return made;
}

/** What `def` binds: the function, or what its decorators make of it. */
export function defineFunction(
  interpreter: Interpreter,
  definition: FunctionDefinition,
  frame: Frame,
  owner?: ClassOwner,
): Value {
  const made = makeFunction(interpreter, definition, definition.name, frame, owner);
  return decorate(interpreter, made, definition.decorators, frame);
}

/** What `class` binds: the class, or what its decorators make of it. */
export function defineClass(interpreter: Interpreter, definition: ClassDefinition, frame: Frame): Value {
  return decorate(interpreter, defineBody(interpreter, definition, frame), definition.decorators, frame);
}

/** Decorators that were not read leave what they decorate as it is. */
function decorate(
  interpreter: Interpreter,
  made: Value,
  decorators: readonly Expression[],
  frame: Frame,
): Value {
  return decorators.reduceRight<Value>((value, expression) => {
    const decorator = interpreter.evaluate(expression, frame);
    const context: CallContext = {
      interpreter,
      frame,
      place: { uri: frame.unit.uri, span: expression.span },
    };
    if (decorator.kind === 'unknown') return value;
    const result = interpreter.call(decorator, positional(value), context);
    const isRead = decorator.kind === 'function';
    return result.kind === 'unknown' && !isRead ? value : result;
  }, made);
}
