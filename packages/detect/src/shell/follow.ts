import {
  parse,
  type AndOr,
  type Assignment,
  type Command,
  type CommandNode,
  type CompoundList,
  type For,
  type HereDoc,
  type ParsedScript,
  type PipelineNode,
  type Redirection,
  type Select,
  type Statement,
  type While,
  type Word,
} from 'unbash';
import { concat, empty, literal, oneOf, onlyLiteral, unknown, type Value } from '../values/value.js';
import { answerCount, answerTest, answerWords } from './condition.js';
import { expandFields, expandParts, expandWord, type ExpansionHost } from './expand.js';
import { readOptions } from './getopts.js';
import { unmask } from './placeholders.js';
import { copyOf, mergeInto, type ScriptSource, type ShellState } from './state.js';

/** A program that a script runs, with its words and what is put into it. */
export interface ShellCall {
  readonly words: readonly Value[];
  /** Variables that are set for this call alone. */
  readonly own: ReadonlyMap<string, Value>;
  readonly source: ScriptSource;
  readonly offset: number;
  /** The text of a heredoc or a here-string, with what stands in it. */
  readonly given: Value | undefined;
  readonly writesTo: Value | undefined;
  /** What it prints goes into another program. */
  readonly piped: boolean;
}

/** What the shell asks of the job that runs it. */
export interface ShellHost {
  /** The value of a variable that nothing in the repository sets. */
  unset(name: string): Value;
  /** A program is run. What it prints, where that is known. */
  run(call: ShellCall, shell: Shell): Value | undefined;
}

/** How deep functions, scripts and substitutions may lie in each other, and how many commands are followed. */
const deepest = 24;
const mostCommands = 20_000;

/** Follows shell scripts without running anything: what is called with which values. */
export class Shell implements ExpansionHost {
  private depth = 0;
  private commands = 0;
  private source: ScriptSource;

  constructor(
    private readonly host: ShellHost,
    readonly state: ShellState,
  ) {
    this.source = { text: '', siteAt: () => ({ file: '', line: 0 }), masked: [] };
  }

  /** Follows a script. */
  follow(source: ScriptSource): void {
    if (this.depth >= deepest || source.text.trim() === '') return;
    const before = this.source;
    this.source = { ...source, text: withoutReturns(source.text) };
    this.depth++;
    this.statements(parse(this.source.text).commands);
    this.depth--;
    this.source = before;
  }

  /** Follows a text that a command of the script runs as one. */
  followText(text: string, call: ShellCall): void {
    const site = call.source.siteAt(call.offset);
    this.follow({ text, siteAt: () => site, masked: [] });
  }

  textOf(text: string): Value {
    return unmask(text, this.source.masked);
  }

  unset(name: string): Value {
    return this.host.unset(name);
  }

  substitute(script: ParsedScript | undefined, text: string): Value {
    if (script === undefined || this.depth >= deepest) return unknown(text);
    const inner = copyOf(this.state);
    const outer = { ...this.state };
    Object.assign(this.state, inner);
    this.depth++;
    const printed = this.printedBy(script);
    this.depth--;
    Object.assign(this.state, outer);
    return printed ?? unknown(short(this.unmaskedText(text)));
  }

  private unmaskedText(text: string): string {
    return text.replace(/[\ue000-\uf8ff]+/g, '…');
  }

  private printedBy(script: ParsedScript): Value | undefined {
    const [only] = script.commands;
    const command = script.commands.length === 1 ? only!.command : undefined;
    if (command?.type === 'Command') return this.command(command, true);
    const steps = stepsOf(script);
    const last = steps?.at(-1);
    if (steps === undefined || last === undefined) {
      this.statements(script.commands);
      return undefined;
    }
    for (const step of steps.slice(0, -1)) this.node(step);
    return this.command(last, true);
  }

  private statements(statements: readonly Statement[]): void {
    for (const { command } of statements) this.node(command);
  }

  private list(list: CompoundList): void {
    this.statements(list.commands);
  }

  private node(node: PipelineNode | AndOr): void {
    if (node.type === 'AndOr') this.andOr(node);
    else if (node.type === 'Pipeline') this.pipeline(node.commands);
    else this.single(node, false);
  }

  private pipeline(commands: readonly CommandNode[]): void {
    for (const [at, command] of commands.entries()) {
      if (at > 0 && command.type === 'Command' && command.name === undefined) continue;
      this.single(command, at < commands.length - 1);
    }
  }

  /** What stands behind `&&` and `||` may run; where the test before it can be told, it does or does not. */
  private andOr(node: AndOr): void {
    const states = [];
    let answer = this.condition(node.commands[0]!);
    for (const [at, operator] of node.operators.entries()) {
      const runs = answer === undefined ? undefined : answer === (operator === '&&');
      if (runs === false) continue;
      const before = runs === undefined ? copyOf(this.state) : undefined;
      answer = this.condition(node.commands[at + 1]!);
      if (before !== undefined) {
        // A directory that `cd` moved to holds for what follows.
        before.directory = this.state.directory;
        states.push(before);
      }
    }
    if (states.length > 0) mergeInto(this.state, [...states, copyOf(this.state)]);
  }

  /** Follows a command and says whether it succeeds, where that can be told. */
  private condition(node: PipelineNode | AndOr): boolean | undefined {
    if (node.type === 'TestCommand') return answerTest(node.expression, (word) => this.word(word));
    if (node.type === 'ArithmeticCommand') return answerCount(node.body, this.state.positional.length);
    this.node(node);
    if (node.type !== 'Command' || node.name === undefined) return undefined;
    const name = onlyLiteral(this.word(node.name));
    if (name === ':' || name === 'true') return true;
    if (name === 'false') return false;
    if (name !== '[' && name !== 'test') return undefined;
    const words = node.suffix.flatMap((item) => (item.type === 'Word' ? [this.word(item)] : []));
    const last = words.at(-1);
    return answerWords(name === '[' && last !== undefined && onlyLiteral(last) === ']' ? words.slice(0, -1) : words);
  }

  private conditionOf(list: CompoundList): boolean | undefined {
    let answer: boolean | undefined;
    for (const { command } of list.commands) {
      answer = command.type === 'AndOr' ? this.answerOfAndOr(command) : this.condition(command);
    }
    return answer;
  }

  private answerOfAndOr(node: AndOr): boolean | undefined {
    const answers = node.commands.map((command) => this.condition(command));
    if (node.operators.every((operator) => operator === '&&')) {
      if (answers.includes(false)) return false;
      return answers.every((answer) => answer === true) ? true : undefined;
    }
    if (node.operators.every((operator) => operator === '||') && answers.includes(true)) return true;
    return undefined;
  }

  private single(node: CommandNode, piped: boolean): void {
    switch (node.type) {
      case 'Command':
        this.command(node, piped);
        return;
      case 'Redirected':
        this.redirected(node.redirects, () => this.single(node.command, piped));
        return;
      case 'Function':
        if (node.name.value !== '') {
          this.state.functions.set(node.name.value, { body: node.body, source: this.source });
        }
        return;
      case 'Coproc':
        if (node.body.type === 'CompoundList') this.list(node.body);
        else this.single(node.body, piped);
        return;
      case 'If':
        this.branches([
          { test: node.clause, body: node.then },
          ...node.elif.map(({ clause, then }) => ({ test: clause, body: then })),
          { test: undefined, body: node.else },
        ]);
        return;
      case 'Case': {
        const value = this.word(node.word);
        const items = node.items.map(({ pattern, body }) => ({
          fits: answerPatterns(
            value,
            pattern.map((word) => this.word(word)),
          ),
          body,
        }));
        const certain = items.findIndex(({ fits }) => fits === true);
        const possible = items.filter(({ fits }, at) => fits !== false && (certain < 0 || at <= certain));
        this.either(
          possible.map(({ body }) => body),
          certain < 0,
        );
        return;
      }
      case 'For':
      case 'Select': {
        if (this.overArguments(node)) return;
        const fields = node.wordlist?.flatMap((word) => expandFields(word, this).map(filesOf)) ?? this.state.positional;
        // Where a list may be empty, the loop does not run for it.
        const given = oneOf(fields);
        const items = given.filter((text) => text.length > 0);
        if (fields.length > 0) this.state.variables.set(node.name.value, items.length > 0 ? items : given);
        this.either([node.body], true);
        return;
      }
      case 'While':
        this.loop(node);
        return;
      case 'ArithmeticFor':
        this.either([node.body], true);
        return;
      case 'Subshell': {
        const outer = { ...this.state };
        Object.assign(this.state, copyOf(this.state));
        this.list(node.body);
        Object.assign(this.state, outer);
        return;
      }
      case 'BraceGroup':
        this.list(node.body);
        return;
      case 'TestCommand':
      case 'ArithmeticCommand':
        return;
    }
  }

  /**
   * A loop that takes its arguments one by one is followed once for each, which tells what belongs to which flag; any other one
   * is followed once.
   */
  private loop({ kind, clause, body, pos }: While): void {
    if (this.optionsLoop(clause, body)) return;
    const asksArguments = /\$\{?[#1]/.test(this.source.text.slice(pos, clause.end));
    for (;;) {
      const given = this.state.positional.length;
      const answer = this.conditionOf(clause);
      if (answer !== undefined && answer !== (kind === 'while')) return;
      if (given === 0 || (answer === undefined && !asksArguments)) {
        this.either([body], true);
        return;
      }
      this.list(body);
      if (this.state.positional.length >= given || !this.goesOn()) return;
    }
  }

  /** `while getopts "a:b" name`: each option that is given, in its order. */
  private optionsLoop(clause: CompoundList, body: CompoundList): boolean {
    const command = clause.commands.length === 1 ? clause.commands[0]!.command : undefined;
    if (command?.type !== 'Command' || command.name?.value !== 'getopts') return false;
    const [spec, name, ...words] = command.suffix.flatMap((item) => (item.type === 'Word' ? [item] : []));
    const known = spec === undefined ? undefined : onlyLiteral(this.word(spec));
    if (known === undefined || name === undefined) return false;
    const given = words.length > 0 ? words.flatMap((word) => expandFields(word, this)) : this.state.positional;
    const { variables } = this.state;
    variables.set('OPTIND', literal('1'));
    for (const { letter, value, next } of readOptions(known, given)) {
      this.state.variables.set(name.value, literal(letter));
      if (value !== undefined) this.state.variables.set('OPTARG', value);
      this.state.variables.set('OPTIND', literal(String(next)));
      if (!this.goesOn()) break;
      this.list(body);
    }
    return true;
  }

  /** `for arg in "$@"`: each argument alone, since what belongs to one flag belongs to no other. */
  private overArguments({ name, wordlist, body }: For | Select): boolean {
    const given = this.state.positional;
    const isAll = wordlist === undefined || (wordlist.length === 1 && /^"?\$[@*]"?$/.test(wordlist[0]!.text));
    if (!isAll || given.length === 0) return false;
    for (const value of given) {
      this.state.variables.set(name.value, value);
      if (!this.goesOn()) break;
      this.list(body);
    }
    return true;
  }

  /** Whether a round more of a loop may be followed: loops in loops multiply. */
  private goesOn(): boolean {
    return ++this.commands <= mostCommands;
  }

  private branches(
    branches: readonly { readonly test: CompoundList | undefined; readonly body: CompoundList | undefined }[],
  ): void {
    const bodies: (CompoundList | undefined)[] = [];
    for (const { test, body } of branches) {
      const answer = test === undefined ? true : this.conditionOf(test);
      if (answer !== false) bodies.push(body);
      if (answer === true) break;
    }
    this.either(bodies, false);
  }

  /** Follows each of several bodies from the same state, and goes on with what any of them leaves. */
  private either(bodies: readonly (CompoundList | undefined)[], orNone: boolean): void {
    if (bodies.length === 1 && !orNone) {
      if (bodies[0] !== undefined) this.list(bodies[0]);
      return;
    }
    const before = copyOf(this.state);
    const after: ShellState[] = orNone ? [copyOf(before)] : [];
    for (const body of bodies) {
      Object.assign(this.state, copyOf(before));
      if (body !== undefined) this.list(body);
      after.push(copyOf(this.state));
    }
    mergeInto(this.state, after);
  }

  private word(word: Word): Value {
    return expandWord(word, this);
  }

  private valueOf(assignment: Assignment): Value {
    const { value } = assignment;
    if (value.type === 'Word') return this.word(value);
    const fields = value.elements.map((element) => this.word(element));
    return fields.length === 0
      ? empty
      : concat(fields.flatMap((field, at) => (at === 0 ? [field] : [literal(' '), field])));
  }

  private assign(assignment: Assignment, variables: Map<string, Value>): void {
    const value = this.valueOf(assignment);
    const before = variables.get(assignment.name) ?? this.state.variables.get(assignment.name);
    const between = assignment.value.type === 'Word' ? [] : [literal(' ')];
    const joined = assignment.append && before !== undefined ? concat([before, ...between, value]) : value;
    variables.set(
      assignment.name,
      assignment.index !== undefined && before !== undefined ? oneOf([before, value]) : joined,
    );
  }

  private redirected(redirects: readonly Redirection[], run: () => void): void {
    const before = this.outer;
    this.outer = this.targetOf(redirects) ?? before;
    run();
    this.outer = before;
  }

  /** Where a group of commands writes to, as `{ echo a=b; } >> "$GITHUB_OUTPUT"` does. */
  private outer: Value | undefined;

  private targetOf(redirects: readonly Redirection[]): Value | undefined {
    for (const redirect of redirects) {
      if (redirect.type === 'Redirect' && redirect.operator.startsWith('>') && redirect.target !== undefined) {
        if (redirect.descriptor?.type === 'FileDescriptor' && redirect.descriptor.value !== 1) continue;
        return this.word(redirect.target);
      }
    }
    return undefined;
  }

  private givenBy(redirects: readonly Redirection[]): Value | undefined {
    for (const redirect of redirects) {
      if (redirect.type === 'HereString' && redirect.target !== undefined) return this.word(redirect.target);
      if (redirect.type === 'HereDoc') return this.bodyOf(redirect);
    }
    return undefined;
  }

  private bodyOf({ body, delimiter, operator }: HereDoc): Value {
    const value =
      body.parts === undefined || delimiter?.quoted ? this.textOf(body.text) : expandParts(body.parts, this);
    if (operator !== '<<-') return value;
    return value.map((text) => text.map((part) => (typeof part === 'string' ? part.replace(/^\t+/gm, '') : part)));
  }

  private command(node: Command, piped: boolean): Value | undefined {
    if (++this.commands > mostCommands) return undefined;
    const assignments = node.prefix.filter((item) => item.type === 'Assignment');
    if (node.name === undefined) {
      for (const assignment of assignments) this.assign(assignment, this.state.variables);
      return undefined;
    }
    const own = new Map<string, Value>();
    for (const assignment of assignments) this.assign(assignment, own);
    const words = expandFields(node.name, this);
    const assigned: [string, Value][] = [];
    for (const item of node.suffix) {
      if (item.type === 'Word') words.push(...expandFields(item, this));
      else if (item.type === 'Assignment') {
        const value = this.valueOf(item);
        assigned.push([item.name, value]);
        words.push(concat([literal(`${item.name}=`), value]));
      }
    }
    if (words.length === 0) return undefined;
    const redirects = node.redirects;
    const call: ShellCall = {
      words,
      own,
      source: this.source,
      offset: node.pos,
      given: this.givenBy(redirects),
      writesTo: this.targetOf(redirects) ?? (piped ? undefined : this.outer),
      piped,
    };
    const name = onlyLiteral(words[0]!) ?? '';
    if (declaring.has(name)) {
      for (const [variable, value] of assigned) this.state.variables.set(variable, value);
      return undefined;
    }
    const defined = this.state.functions.get(name);
    if (defined !== undefined) {
      this.callFunction(name, words.slice(1));
      return undefined;
    }
    return this.host.run(call, this);
  }

  private callFunction(name: string, given: readonly Value[]): void {
    const defined = this.state.functions.get(name)!;
    if (this.depth >= deepest) return;
    const [before, source] = [this.state.positional, this.source];
    this.state.positional = given;
    this.source = defined.source;
    this.depth++;
    // A function that calls itself is not followed again.
    this.state.functions.delete(name);
    if (defined.body.type === 'CompoundList') this.list(defined.body);
    else this.single(defined.body, false);
    this.state.functions.set(name, defined);
    this.depth--;
    this.source = source;
    this.state.positional = before;
  }
}

/** The commands of `cd … && pwd` and the like, of which the last one alone prints something; undefined for anything else. */
function stepsOf(script: ParsedScript): readonly Command[] | undefined {
  const nodes = script.commands.flatMap(({ command }): readonly (PipelineNode | AndOr)[] =>
    command.type === 'AndOr' && command.operators.every((operator) => operator === '&&') ? command.commands : [command],
  );
  const steps = nodes.flatMap((node) => (node.type === 'Command' ? [node] : []));
  const silent = steps.slice(0, -1).every(({ name }) => name !== undefined && silentCommands.has(name.text));
  return steps.length === nodes.length && silent ? steps : undefined;
}

const silentCommands = new Set(['cd', 'pushd', 'set', 'export', 'unset', 'source', '.']);

/** Names of files that fit a pattern are not known: what a loop over `dist/*.zip` stands for. */
function filesOf(field: Value): Value {
  return field.map((text) =>
    text.flatMap((part) =>
      typeof part !== 'string'
        ? [part]
        : part
            .split(/([*?]+)/)
            .flatMap((piece, at) => (piece === '' ? [] : [at % 2 === 0 ? piece : { from: `the files ${part}` }])),
    ),
  );
}

const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);

/** Whether a value fits one of the patterns of a `case`: undefined where it may or may not. */
function answerPatterns(value: Value, patterns: readonly Value[]): boolean | undefined {
  const answers = patterns.map((pattern) => {
    if (onlyLiteral(pattern) === '*') return true;
    return answerWords([value, literal('='), pattern]);
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Line ends of Windows as the shell takes them; every position stays what it was. */
function withoutReturns(text: string): string {
  return text.includes('\r') ? text.replace(/\\\r\n/g, ' \\\n').replace(/\r\n/g, ' \n') : text;
}

function short(text: string): string {
  const line = text.split('\n', 1)[0]!;
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
