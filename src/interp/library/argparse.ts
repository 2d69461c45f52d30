/** Python's `argparse`: the namespace that an unconfigured run gets, and what literal arguments make of it. */
import { nativeWith } from '../natives';
import { bool, unknown, type Value } from '../values';
import type { DefinePython } from './standard';

/** The members of the module. */
export function argparseMembers(python: DefinePython): ReadonlyMap<string, Value> {
  const names = new Map<string, Value>([
    [
      '_missing',
      nativeWith('_missing', 'name', ([name], { place }) => {
        const subject = name?.kind === 'string' ? `the option ${name.value}` : 'an option';
        return unknown({ code: 'parameter', subject, place });
      }),
    ],
    ['_is_known', nativeWith('_is_known', 'value', ([value]) => bool(value !== undefined && isKnown(value)))],
  ]);
  return python(TEXT, names);
}

function isKnown(value: Value): boolean {
  if (value.kind === 'none') return true;
  if (value.kind !== 'list' && value.kind !== 'tuple') return false;
  return !('uncertain' in value && value.uncertain) && value.items.every(({ kind }) => kind === 'string');
}

const TEXT = `
SUPPRESS = '==SUPPRESS=='
REMAINDER = '...'
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'

class ArgumentError(Exception): pass
class ArgumentTypeError(Exception): pass
class Action: pass
class HelpFormatter: pass
class RawTextHelpFormatter(HelpFormatter): pass
class RawDescriptionHelpFormatter(HelpFormatter): pass
class ArgumentDefaultsHelpFormatter(HelpFormatter): pass
class MetavarTypeHelpFormatter(HelpFormatter): pass
class BooleanOptionalAction: pass

class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

def FileType(*args, **kwargs):
    return _missing

class _Option: pass

class _Container:
    def add_argument(self, *names, action='store', nargs=None, const=None, default=None, type=None, choices=None,
                     required=False, help=None, metavar=None, dest=None, version=None):
        option = _Option()
        option.names = names
        option.isPositional = len(names) == 0 or not names[0].startswith('-')
        if dest is None:
            if option.isPositional:
                dest = names[0]
            else:
                long = [name for name in names if name.startswith('--')]
                dest = (long[0] if long else names[0]).lstrip('-').replace('-', '_')
        option.dest = dest
        option.action = action
        option.nargs = nargs
        option.const = const
        option.type = type
        option.choices = choices
        option.required = required or (option.isPositional and nargs not in ('?', '*', '...'))
        if default is None:
            if action == 'store_true':
                default = False
            elif action == 'store_false':
                default = True
            else:
                default = self._parser.argument_default
        option.default = default
        if option.dest in self._parser.defaults:
            option.default = self._parser.defaults[option.dest]
        self._parser.options.append(option)
        return option

    def add_argument_group(self, *args, **kwargs):
        return _Group(self._parser)

    def add_mutually_exclusive_group(self, required=False, **kwargs):
        return _Group(self._parser)

    def set_defaults(self, **kwargs):
        for name in kwargs:
            self._parser.defaults[name] = kwargs[name]
        for option in self._parser.options:
            if option.dest in kwargs:
                option.default = kwargs[option.dest]

    def get_default(self, dest):
        for option in self._parser.options:
            if option.dest == dest and option.default is not None:
                return option.default
        return self._parser.defaults.get(dest, None)

class _Group(_Container):
    def __init__(self, parser):
        self._parser = parser

class _Subparsers:
    def __init__(self, parser, dest):
        self.parser = parser
        self.dest = dest

    def add_parser(self, name, **kwargs):
        made = ArgumentParser()
        self.parser.inner.append(made)
        return made

class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=None,
                 prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error',
                 add_help=True, allow_abbrev=True, exit_on_error=True):
        self._parser = self
        self.options = []
        self.defaults = {}
        self.inner = []
        self.dests = []
        self.argument_default = argument_default
        self.prefix_chars = prefix_chars
        self.fromfile_prefix_chars = fromfile_prefix_chars
        for parent in parents:
            self.options.extend(parent.options)
            self.inner.extend(parent.inner)
            self.defaults.update(parent.defaults)

    def add_subparsers(self, dest=None, **kwargs):
        if dest is not None:
            self.dests.append(dest)
        return _Subparsers(self, dest)

    def parse_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]

    def parse_intermixed_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]

    def parse_known_args(self, args=None, namespace=None):
        made = Namespace() if namespace is None else namespace
        isPlain = _is_known(args) and self.prefix_chars == '-' and self.fromfile_prefix_chars is None
        if isPlain and args is not None:
            given, rest = _given(self.options, args)
        else:
            given, rest = {}, []
        for option in self.options:
            if option.action in ('help', 'version'):
                continue
            name = option.dest
            if not isPlain or rest is None:
                setattr(made, name, _missing(name))
            elif name in given:
                setattr(made, name, given[name])
            elif namespace is not None and hasattr(namespace, name):
                pass
            elif option.required:
                setattr(made, name, _missing(name))
            elif option.default == '==SUPPRESS==':
                pass
            elif isinstance(option.default, str) and option.type is not None:
                setattr(made, name, option.type(option.default))
            elif option.isPositional and option.nargs == '*' and option.default is None:
                setattr(made, name, [])
            else:
                setattr(made, name, option.default)
        for name in self.defaults:
            if not hasattr(made, name):
                setattr(made, name, self.defaults[name])
        # Which of the parsers inside runs is not known.
        for name in self.dests:
            setattr(made, name, _missing(name))
        for parser in self.inner:
            for option in parser.options:
                setattr(made, option.dest, _missing(option.dest))
            for name in parser.defaults:
                setattr(made, name, _missing(name))
        return made, ([] if args is not None and rest is not None else _missing('arguments'))

    def print_help(self, *args): pass
    def print_usage(self, *args): pass
    def error(self, message):
        raise SystemExit(2)
    def exit(self, status=0, message=None):
        raise SystemExit(status)

def _given(options, args):
    """What literal arguments give, by destination, and what is left; None where they are not read."""
    given = {}
    if any(option.nargs == '...' for option in options):
        return {}, None
    positionals = [option for option in options if option.isPositional]
    byName = {name: option for option in options if not option.isPositional for name in option.names}
    at = 0
    while at < len(args):
        text = args[at]
        at += 1
        if not text.startswith('-') or text == '-':
            if not positionals:
                return {}, None
            option = positionals[0]
            if option.nargs is not None:
                return {}, None
            positionals = positionals[1:]
            value, isKnown = _converted(option, text)
            if not isKnown:
                return {}, None
            given[option.dest] = value
            continue
        name, separator, inline = text.partition('=')
        if name not in byName:
            return {}, None
        option = byName[name]
        if option.action in ('store_true', 'store_false', 'store_const', 'count', 'append_const'):
            if separator != '' or option.action in ('count', 'append_const'):
                return {}, None
            given[option.dest] = option.action == 'store_true' if option.action != 'store_const' else option.const
            continue
        if option.action != 'store':
            return {}, None
        if separator != '':
            texts = [inline]
        else:
            texts = []
            most = option.nargs if isinstance(option.nargs, int) else (1 if option.nargs in (None, '?') else len(args))
            while at < len(args) and len(texts) < most and not args[at].startswith('-'):
                texts.append(args[at])
                at += 1
            if positionals and option.nargs in ('?', '*', '+'):
                return {}, None
        values = []
        for each in texts:
            value, isKnown = _converted(option, each)
            if not isKnown:
                return {}, None
            values.append(value)
        if option.nargs is None:
            if len(values) != 1:
                return {}, None
            given[option.dest] = values[0]
        elif option.nargs == '?':
            given[option.dest] = values[0] if values else option.const
        else:
            if isinstance(option.nargs, int) and len(values) != option.nargs or option.nargs == '+' and not values:
                return {}, None
            given[option.dest] = values
    return given, []

def _converted(option, text):
    value = text if option.type is None else option.type(text)
    if option.choices is not None and value not in option.choices:
        return None, False
    return value, True
`;
