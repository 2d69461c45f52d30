"""Writes golden.jsonl: Python's own syntax trees of the samples, in the form of src/python/syntax.ts.

python3 make_golden.py            writes golden.jsonl beside this file
python3 make_golden.py FILE...    prints one JSON line for each file: {"file": ..., "body": [...]}
"""

import ast
import json
import os
import re
import sys

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.UAdd: "+", ast.USub: "-", ast.Invert: "~", ast.Not: "not",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


class Converter:
    def __init__(self, text):
        self.lines = re.split("\r\n|\r|\n", text)

    def character(self, line, column):
        """UTF-16 code units before a column in UTF-8 bytes."""
        before = self.lines[line - 1].encode()[:column].decode()
        return len(before.encode("utf-16-le")) // 2

    def span(self, node):
        start = (node.lineno - 1, self.character(node.lineno, node.col_offset))
        end = (node.end_lineno - 1, self.character(node.end_lineno, node.end_col_offset))
        return "%d:%d-%d:%d" % (start + end)

    def node(self, kind, node, **fields):
        return {"kind": kind, "span": self.span(node), **{k: v for k, v in fields.items() if v is not None}}

    def opt(self, node):
        return None if node is None else self.expr(node)

    def exprs(self, nodes):
        return [self.expr(each) for each in nodes]

    def expr(self, n):
        e, node = self.expr, self.node
        match n:
            case ast.Constant():
                return self.constant(n)
            case ast.JoinedStr():
                parts = self.parts(n)
                if len(parts) <= 1 and all(isinstance(part, str) for part in parts):
                    return node("string", n, value="".join(parts))
                return node("formatted", n, parts=parts)
            case ast.Name():
                return node("name", n, name=n.id)
            case ast.Attribute():
                return node("attribute", n, object=e(n.value), name=n.attr)
            case ast.Subscript():
                return node("subscript", n, object=e(n.value), index=e(n.slice))
            case ast.Slice():
                return node("slice", n, start=self.opt(n.lower), stop=self.opt(n.upper), step=self.opt(n.step))
            case ast.Call():
                return node("call", n, callee=e(n.func), arguments=self.arguments(n))
            case ast.UnaryOp():
                return node("unary", n, operator=OPERATORS[type(n.op)], operand=e(n.operand))
            case ast.BinOp():
                return node("binary", n, operator=OPERATORS[type(n.op)], left=e(n.left), right=e(n.right))
            case ast.BoolOp():
                # Python joins `a and b and c`; here the second joins the first.
                operator = "and" if isinstance(n.op, ast.And) else "or"
                return {"kind": "boolean", "span": self.span(n), "operator": operator, "values": self.exprs(n.values)}
            case ast.Compare():
                rest = [{"operator": OPERATORS[type(o)], "operand": e(c)} for o, c in zip(n.ops, n.comparators)]
                return node("comparison", n, first=e(n.left), rest=rest)
            case ast.IfExp():
                return node("conditional", n, condition=e(n.test), consequence=e(n.body), alternative=e(n.orelse))
            case ast.Lambda():
                return node("lambda", n, parameters=self.parameters(n.args), body=e(n.body))
            case ast.Tuple() | ast.List() | ast.Set():
                return node("sequence", n, type=type(n).__name__.lower(), elements=self.exprs(n.elts))
            case ast.Dict():
                entries = [{**({"key": e(k)} if k else {}), "value": e(v)} for k, v in zip(n.keys, n.values)]
                return node("dictionary", n, entries=entries)
            case ast.DictComp():
                return node("comprehension", n, type="dictionary", key=e(n.key), element=e(n.value), clauses=self.clauses(n))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                kind = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "generator"}[type(n)]
                return node("comprehension", n, type=kind, element=e(n.elt), clauses=self.clauses(n))
            case ast.Starred():
                return node("starred", n, value=e(n.value))
            case ast.NamedExpr():
                return node("named", n, target=e(n.target), value=e(n.value))
            case ast.Await():
                return node("await", n, value=e(n.value))
            case ast.Yield() | ast.YieldFrom():
                return node("yield", n, isFrom=isinstance(n, ast.YieldFrom), value=self.opt(n.value))
        raise TypeError(n)

    def constant(self, n):
        value = n.value
        if isinstance(value, bool) or value is None:
            return {"kind": "constant", "span": self.span(n), "value": value}
        if value is Ellipsis:
            return self.node("constant", n, value="...")
        if isinstance(value, int):
            return self.node("integer", n, value=value if value < 2**53 else None)
        if isinstance(value, float):
            return self.node("float", n, value=value if value < float("inf") else None)
        if isinstance(value, str):
            return self.node("string", n, value=value)
        return {"kind": "error", "span": self.span(n)}  # bytes and complex numbers

    def parts(self, n):
        found = []
        for value in n.values:
            if isinstance(value, ast.Constant):
                found.append(value.value)
            else:
                # Positions inside are not exact before Python 3.12, so that they are left out.
                part = {"value": without_spans(self.expr(value.value))}
                if value.conversion != -1:
                    part["conversion"] = chr(value.conversion)
                if value.format_spec is not None:
                    part["format"] = self.parts(value.format_spec)
                found.append(part)
        return found

    def arguments(self, n):
        found = [
            (each.lineno, each.col_offset, {"form": "star", "value": self.expr(each.value)})
            if isinstance(each, ast.Starred)
            else (each.lineno, each.col_offset, {"form": "positional", "value": self.expr(each)})
            for each in (n.args if isinstance(n, ast.Call) else n.bases)
        ]
        for each in n.keywords:
            value = self.expr(each.value)
            argument = {"form": "keyword", "keyword": each.arg, "value": value} if each.arg else {"form": "doubleStar", "value": value}
            found.append((each.lineno, each.col_offset, argument))
        return [argument for _, _, argument in sorted(found, key=lambda each: each[:2])]

    def clauses(self, n):
        found = []
        for each in n.generators:
            found.append({"kind": "for", "target": self.expr(each.target), "iterable": self.expr(each.iter)})
            found += [{"kind": "if", "condition": self.expr(test)} for test in each.ifs]
        return found

    def parameters(self, a):
        found = []

        def add(arg, form, default=None):
            parameter = {"name": arg.arg, "form": form}
            if arg.annotation:
                parameter["annotation"] = self.expr(arg.annotation)
            if default:
                parameter["defaultValue"] = self.expr(default)
            found.append(parameter)

        plain = a.posonlyargs + a.args
        defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
        for index, (arg, default) in enumerate(zip(plain, defaults)):
            add(arg, "positionalOnly" if index < len(a.posonlyargs) else "normal", default)
        if a.vararg:
            add(a.vararg, "star")
        for arg, default in zip(a.kwonlyargs, a.kw_defaults):
            add(arg, "keywordOnly", default)
        if a.kwarg:
            add(a.kwarg, "doubleStar")
        return found

    def body(self, nodes):
        return [self.stmt(each) for each in nodes]

    def stmt(self, n):
        e, node, body = self.expr, self.node, self.body
        match n:
            case ast.Expr():
                return node("expression", n, expression=e(n.value))
            case ast.Assign():
                return node("assignment", n, targets=self.exprs(n.targets), value=e(n.value))
            case ast.AnnAssign():
                return node("assignment", n, targets=[e(n.target)], annotation=e(n.annotation), value=self.opt(n.value))
            case ast.AugAssign():
                return node("augmented", n, operator=OPERATORS[type(n.op)], target=e(n.target), value=e(n.value))
            case ast.If():
                return node("if", n, condition=e(n.test), body=body(n.body), alternative=body(n.orelse))
            case ast.For() | ast.AsyncFor():
                return node("for", n, target=e(n.target), iterable=e(n.iter), body=body(n.body), alternative=body(n.orelse))
            case ast.While():
                return node("while", n, condition=e(n.test), body=body(n.body), alternative=body(n.orelse))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return node(
                    "function", n, name=n.name, parameters=self.parameters(n.args), returns=self.opt(n.returns),
                    decorators=self.exprs(n.decorator_list), body=body(n.body),
                    isAsync=isinstance(n, ast.AsyncFunctionDef), isGenerator=yields(n.body),
                )  # fmt: skip
            case ast.ClassDef():
                return node(
                    "class", n, name=n.name, arguments=self.arguments(n),
                    decorators=self.exprs(n.decorator_list), body=body(n.body),
                )  # fmt: skip
            case ast.Return():
                return node("return", n, value=self.opt(n.value))
            case ast.Raise():
                return node("raise", n, exception=self.opt(n.exc))
            case ast.Assert():
                return node("assert", n, condition=e(n.test), message=self.opt(n.msg))
            case ast.Delete():
                return node("delete", n, targets=self.exprs(n.targets))
            case ast.Import():
                names = [{"path": a.name, **({"alias": a.asname} if a.asname else {})} for a in n.names]
                return node("import", n, names=names)
            case ast.ImportFrom():
                names = [{"name": a.name, **({"alias": a.asname} if a.asname else {})} for a in n.names]
                names = None if names[0]["name"] == "*" else names
                return node("importFrom", n, level=n.level, path=n.module or "", names=names)
            case ast.With() | ast.AsyncWith():
                items = [
                    {"context": e(i.context_expr), **({"target": e(i.optional_vars)} if i.optional_vars else {})}
                    for i in n.items
                ]
                return node("with", n, items=items, body=body(n.body))
            case ast.Try() | ast.TryStar():
                handlers = [
                    {
                        **({"type": e(h.type)} if h.type else {}),
                        **({"name": h.name} if h.name else {}),
                        "body": body(h.body),
                    }
                    for h in n.handlers
                ]
                return node("try", n, body=body(n.body), handlers=handlers, alternative=body(n.orelse), final=body(n.finalbody))
            case ast.Match():
                cases = [
                    {
                        "pattern": self.pattern(c.pattern),
                        **({"guard": e(c.guard)} if c.guard else {}),
                        "body": body(c.body),
                    }
                    for c in n.cases
                ]
                return node("match", n, subject=e(n.subject), cases=cases)
            case ast.Global():
                return node("scope", n, type="global", names=n.names)
            case ast.Nonlocal():
                return node("scope", n, type="nonlocal", names=n.names)
            case ast.Pass() | ast.Break() | ast.Continue():
                return node(type(n).__name__.lower(), n)
        raise TypeError(n)

    def pattern(self, p):
        match p:
            case ast.MatchValue():
                value = self.expr(p.value)
                return {"kind": "other", "names": []} if isinstance(p.value, ast.BinOp) else {"kind": "value", "value": value}
            case ast.MatchSingleton():
                value = {"kind": "constant", "span": self.span(p), "value": p.value}
                return {"kind": "value", "value": value}
            case ast.MatchAs(pattern=None, name=None):
                return {"kind": "wildcard"}
            case ast.MatchAs(pattern=None):
                return {"kind": "capture", "name": p.name}
            case ast.MatchAs():
                return {"kind": "as", "pattern": self.pattern(p.pattern), "name": p.name}
            case ast.MatchOr():
                return {"kind": "or", "patterns": [self.pattern(each) for each in p.patterns]}
            case ast.MatchSequence():
                return {"kind": "sequence", "patterns": [self.pattern(each) for each in p.patterns]}
            case ast.MatchStar():
                return {"kind": "star"} if p.name is None else {"kind": "star", "name": p.name}
            case ast.MatchMapping():
                entries = [{"key": self.expr(k), "pattern": self.pattern(v)} for k, v in zip(p.keys, p.patterns)]
                rest = {} if p.rest is None else {"rest": p.rest}
                return {"kind": "mapping", "entries": entries, **rest}
            case ast.MatchClass():
                keywords = [{"name": k, "pattern": self.pattern(v)} for k, v in zip(p.kwd_attrs, p.kwd_patterns)]
                positional = [self.pattern(each) for each in p.patterns]
                return {"kind": "class", "type": self.expr(p.cls), "positional": positional, "keywords": keywords}
        bound = [getattr(each, "name", None) or getattr(each, "rest", None) for each in ast.walk(p)]
        return {"kind": "other", "names": sorted(filter(None, bound))}


def without_spans(value):
    if isinstance(value, dict):
        return {k: without_spans(v) for k, v in value.items() if k != "span"}
    return [without_spans(each) for each in value] if isinstance(value, list) else value


def yields(nodes):
    """Whether statements yield, functions and lambdas in them apart."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            stack.extend(ast.iter_child_nodes(node))
    return False


def converted(text):
    """The statements of a text; a byte order mark is no part of the syntax."""
    return Converter(text).body(ast.parse(text.removeprefix("\ufeff")).body)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.argv[1:]:
        for path in sys.argv[1:]:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
            print(json.dumps({"file": path, "body": converted(text)}))
        return
    samples = os.path.join(here, "samples")
    version = "Python %d.%d.%d" % sys.version_info[:3]
    with open(os.path.join(here, "golden.jsonl"), "w") as golden:
        for name in sorted(os.listdir(samples)):
            with open(os.path.join(samples, name), encoding="utf-8", newline="") as file:
                record = {"sample": name, "made with": version, "body": converted(file.read())}
            golden.write(json.dumps(record, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
