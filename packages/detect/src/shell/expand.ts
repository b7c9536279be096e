import type { ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash';
import {
  cutAt,
  concat,
  empty,
  literal,
  literalOf,
  mapTexts,
  oneOf,
  splitText,
  unknown,
  withDefault,
  type Text,
  type Value,
} from '../values/value.js';
import { matchesGlob } from './glob.js';
import type { ShellState } from './state.js';

/** What the expansion of words asks of who follows the script. */
export interface ExpansionHost {
  readonly state: ShellState;
  /** The value of a text that may have replaced expressions in it. */
  textOf(text: string): Value;
  /** The value of a variable that nothing in the repository sets. */
  unset(name: string): Value;
  /** Follows a script in `$(…)` and says what it prints. */
  substitute(script: ParsedScript | undefined, text: string): Value;
}

/** The fields that a word becomes: none where it is an empty variable, several where one is split. */
export function expandFields(word: Word, host: ExpansionHost): Value[] {
  const { parts } = word;
  if (parts === undefined) {
    const value = host.textOf(word.value);
    return value.length === 1 && value[0]!.length === 0 && word.text !== "''" && word.text !== '""'
      ? []
      : splitFields(value, word.value);
  }
  const alone = parts.length === 1 ? parts[0]! : undefined;
  if (alone?.type === 'DoubleQuoted' && isAllArguments(alone.parts)) return [...host.state.positional];
  if (alone?.type === 'DoubleQuoted' && isWholeArray(alone.parts))
    return splitFields(expandPart(alone.parts[0]!, host), undefined).filter((field) =>
      field.some((text) => text.length > 0),
    );
  if (alone !== undefined && isBareExpansion(alone)) {
    if (isAllArguments([alone])) return [...host.state.positional];
    const value = expandPart(alone, host);
    if (value.every((text) => text.length === 0)) return [];
    return splitFields(value, undefined);
  }
  return [expandWord(word, host)];
}

/** The value of a word that is not split. */
export function expandWord(word: Word, host: ExpansionHost): Value {
  const value = word.parts === undefined ? host.textOf(word.value) : expandParts(word.parts, host);
  return value.some((text) => typeof text[0] === 'string' && text[0].startsWith('~/'))
    ? mapTexts(value, home, '~')
    : value;
}

export function expandParts(parts: readonly WordPart[], host: ExpansionHost): Value {
  return concat(parts.map((part) => expandPart(part, host)));
}

/** Splits what an unquoted expansion gives, where all that it may give have the same number of fields. */
function splitFields(value: Value, written: string | undefined): Value[] {
  if (
    written !== undefined &&
    !value.some((text) => text.some((part) => typeof part === 'string' && /\s/.test(part)))
  ) {
    return [value];
  }
  const split = value.map((text) =>
    splitText(text, (character) => /\s/.test(character)).filter((field) => field.length > 0),
  );
  const count = split[0]?.length ?? 0;
  if (!split.every((fields) => fields.length === count)) {
    const longest = Math.max(...split.map((fields) => fields.length));
    return Array.from({ length: longest }, (_, at) =>
      oneOf(split.flatMap((fields) => (fields[at] ? [[fields[at]]] : []))),
    );
  }
  return Array.from({ length: count }, (_, at) => oneOf(split.map((fields) => [fields[at]!])));
}

function isBareExpansion(part: WordPart): boolean {
  return part.type === 'SimpleExpansion' || part.type === 'ParameterExpansion' || part.type === 'CommandExpansion';
}

/** `"${names[@]}"` is a field for each of its items. */
function isWholeArray(parts: readonly WordPart[]): boolean {
  const [part] = parts;
  return parts.length === 1 && part!.type === 'ParameterExpansion' && /\[@\]\}$/.test(part!.text);
}

function isAllArguments(parts: readonly WordPart[]): boolean {
  const [part] = parts;
  return parts.length === 1 && part!.type === 'SimpleExpansion' && (part!.text === '$@' || part!.text === '$*');
}

function expandPart(part: WordPart, host: ExpansionHost): Value {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return host.textOf(part.value);
    case 'DoubleQuoted':
    case 'LocaleString':
      return concat(part.parts.map((inner) => expandPart(inner, host)));
    case 'SimpleExpansion':
      return variableOf(part.text.slice(1), host);
    case 'ParameterExpansion':
      return expandParameter(part, host);
    case 'CommandExpansion':
      return host.substitute(part.script, part.text);
    case 'BraceExpansion':
    case 'ExtendedGlob':
      return host.textOf(part.text);
    case 'ProcessSubstitution':
      host.substitute(part.script, part.text);
      return unknown('a process substitution');
    case 'ArithmeticExpansion':
      return calculated(part.text, host) ?? unknown('a calculation');
  }
}

/** `$((OPTIND - 1))`: how many arguments the options took. */
function calculated(text: string, { state }: ExpansionHost): Value | undefined {
  const behind = /^\$\(\(\s*\$?\{?OPTIND\}?\s*-\s*1\s*\)\)$/.test(text)
    ? onlyText(state.variables.get('OPTIND') ?? [])
    : undefined;
  return behind === undefined ? undefined : literal(String(Number(behind) - 1));
}

/** How many arguments there are, where each of them is one for certain. */
function countOf(given: readonly Value[]): Value {
  return given.some((value) => hasUnknown(value)) ? unknown('$#') : literal(String(given.length));
}

function variableOf(name: string, host: ExpansionHost): Value {
  if (/^[1-9][0-9]*$/.test(name)) return host.state.positional[Number(name) - 1] ?? empty;
  if (name === '@' || name === '*')
    return concat(host.state.positional.flatMap((value, at) => (at === 0 ? [value] : [literal(' '), value])));
  // A script that is followed knows its own name.
  if (name === '0') return host.state.variables.get('0') ?? unknown('$0');
  if (name === '#') return countOf(host.state.positional);
  if (!/^[A-Za-z_]/.test(name)) return unknown(`$${name}`);
  return host.state.variables.get(name) ?? host.unset(name);
}

function expandParameter(part: ParameterExpansionPart, host: ExpansionHost): Value {
  const { parameter, operation, prefix } = part;
  const bare = /^[1-9][0-9]*$/.test(parameter)
    ? host.state.positional[Number(parameter) - 1]
    : host.state.variables.get(parameter);
  if (prefix === '#') return unknown(`the length of $${parameter}`);
  if (prefix === '!') return unknown(part.text);
  if (part.index !== undefined) return bare ?? host.unset(parameter);
  if (operation === undefined) return variableOf(parameter, host);
  const value = bare ?? host.unset(parameter);
  const unsure = () => unknown(part.text);
  switch (operation.type) {
    case 'Default': {
      const other = expandWord(operation.operand, host);
      if (operation.operator.endsWith('?')) return value;
      if (operation.operator.endsWith('+')) return bare === undefined ? empty : other;
      if (bare === undefined) return withDefault(other, `$${parameter}`);
      const filled = operation.operator.startsWith(':') ? bare.filter((text) => text.length > 0) : bare;
      return filled.length < bare.length || hasUnknown(bare) ? oneOf([filled, other]) : bare;
    }
    case 'Remove': {
      const glob = expandWord(operation.operand, host);
      return mapTexts(value, (text) => removeAffix(text, glob, operation.operator), part.text);
    }
    case 'Replace': {
      const wanted = onlyText(expandWord(operation.pattern, host));
      const put = expandWord(operation.replacement, host);
      const by = onlyText(put);
      if (wanted === undefined || by === undefined || /[*?[]/.test(wanted)) return unsure();
      return mapTexts(
        value,
        (text) => {
          const known = literalOf(text);
          if (known === undefined) return undefined;
          return asText(
            operation.operator === '//' ? known.replaceAll(wanted, () => by) : known.replace(wanted, () => by),
          );
        },
        part.text,
      );
    }
    case 'CaseModification': {
      const turn = (known: string) => {
        if (operation.operator === '^^') return known.toUpperCase();
        if (operation.operator === ',,') return known.toLowerCase();
        const head = known.slice(0, 1);
        return (operation.operator === '^' ? head.toUpperCase() : head.toLowerCase()) + known.slice(1);
      };
      return mapTexts(
        value,
        (text) => text.map((piece) => (typeof piece === 'string' ? turn(piece) : piece)),
        part.text,
      );
    }
    case 'Slice':
    case 'Transform':
    case 'Names':
    case 'Unknown':
      return unsure();
  }
}

function hasUnknown(value: Value): boolean {
  return value.some((text) => text.some((part) => typeof part !== 'string'));
}

function onlyText(value: Value): string | undefined {
  return value.length === 1 ? literalOf(value[0]!) : undefined;
}

function asText(known: string): Text {
  return known === '' ? [] : [known];
}

const longestCut = 2000;

/** `${x#glob}` and the like; undefined where what is unknown may be concerned. */
function removeAffix(text: Text, globs: Value, operator: '#' | '##' | '%' | '%%'): Text | undefined {
  const glob = onlyText(globs);
  if (glob === undefined) return undefined;
  const known = literalOf(text);
  if (known === undefined) {
    // `${0%/*}` is the folder that a script stands in.
    const last = text.at(-1);
    if (operator === '%' && glob === '/*' && typeof last === 'string' && last.includes('/')) {
      const kept = last.slice(0, last.lastIndexOf('/'));
      return [...text.slice(0, -1), ...(kept === '' ? [] : [kept])];
    }
    // `${image%%:*}` and `${image%/*}` of a text of which a part is known.
    const separator = glob.endsWith('*') && operator === '%%' ? glob.slice(0, -1) : undefined;
    return separator === undefined || separator === '' ? undefined : cutAt(text, separator)?.before;
  }
  // Each place is tried: what is longer than any name is not cut.
  if (known.length > longestCut) return undefined;
  const cuts = Array.from({ length: known.length + 1 }, (_, at) => at);
  const fromStart = operator.startsWith('#');
  const order = operator === '#' || operator === '%%' ? cuts : cuts.reverse();
  for (const at of order) {
    const affix = fromStart ? known.slice(0, at) : known.slice(at);
    if (matchesGlob(affix, glob)) return asText(fromStart ? known.slice(at) : known.slice(0, at));
  }
  return text;
}

function home(text: Text): Text {
  const [head, ...rest] = text;
  return typeof head === 'string' && head.startsWith('~/') ? [{ from: '~' }, head.slice(1), ...rest] : text;
}
