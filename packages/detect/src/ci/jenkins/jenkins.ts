import type { CiJob } from '../../event.js';
import { emitStep, followScript } from '../../jobs/follow-script.js';
import type { JobRun } from '../../jobs/job-run.js';
import {
  concat,
  empty,
  literal,
  oneOf,
  onlyLiteral,
  splitText,
  unknown,
  withDefault,
  type Value,
} from '../../values/value.js';
import type { CiInput } from '../reader.js';
import { anyTrigger, expandVariables, finishJob, startShellJob } from '../shell-job.js';
import { asPosix, type WindowsShell } from '../../jobs/windows.js';
import { boundAt, listAt } from './lists.js';
import { tokensOf, type JenkinsToken } from './tokens.js';

/** A Jenkinsfile while it is read. */
interface JenkinsReader {
  readonly tokens: readonly JenkinsToken[];
  readonly file: string;
  readonly run: JobRun;
  /** The lists of texts that have names. */
  readonly lists: Map<string, readonly string[]>;
  at: number;
}

/** Follows a Jenkinsfile: its `environment`, its shell steps, and the steps that sign in or speak to AWS. */
export function readJenkins(input: CiInput, file: string, text: string): CiJob[] {
  const run = startShellJob(input, new Map());
  const reader: JenkinsReader = { tokens: tokensOf(text), file, run, lists: new Map(), at: 0 };
  readBlock(reader, 0);
  const names = new Map(run.state.variables);
  const finished = finishJob(run, names, { system: 'jenkins', file, name: 'pipeline', line: 1, triggers: anyTrigger });
  const words = reader.tokens.flatMap(({ kind, text: word }) => (kind === 'name' ? [word] : []));
  return [{ ...finished, names: [...finished.names, ...words.filter((word) => /^AWS/.test(word))] }];
}

const isSign = (token: JenkinsToken | undefined, text: string) => token?.kind === 'sign' && token.text === text;

/** Reads statements until the block ends. What is set in it holds for what stands behind it in the file too. */
function readBlock(reader: JenkinsReader, depth: number): void {
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at]!;
    if (isSign(token, '}')) {
      reader.at++;
      return;
    }
    const bound = boundAt(reader.tokens, reader.at, reader.lists);
    if (bound !== undefined) reader.run.state.variables.set(bound.name, bound.value);
    if (isSign(token, '{')) {
      reader.at++;
      if (depth < 100) readBlock(reader, depth + 1);
      continue;
    }
    if (token.kind === 'name' && token.text === 'excludes') skipBlock(reader);
    else if (token.kind === 'name') readStatement(reader, token);
    else reader.at++;
  }
}

/** Leaves out what a matrix leaves out. */
function skipBlock(reader: JenkinsReader): void {
  let depth = 0;
  for (reader.at++; reader.at < reader.tokens.length; reader.at++) {
    const token = reader.tokens[reader.at];
    if (isSign(token, '{')) depth++;
    else if (isSign(token, '}')) depth--;
    else if (depth === 0) return;
    if (depth === 0) {
      reader.at++;
      return;
    }
  }
}

/** `docker.build("name")` and `docker.image("name")` name an image. */
const isImage = ({ text }: JenkinsToken) => text === 'docker.build' || text === 'docker.image';

function readStatement(reader: JenkinsReader, token: JenkinsToken): void {
  const next = reader.tokens[reader.at + 1];
  if (isSign(next, '=') && !isSign(reader.tokens[reader.at + 2], '=')) {
    reader.at += 2;
    const list = listAt(reader.tokens, reader.at);
    if (list !== undefined) reader.lists.set(token.text, list.texts);
    const built = reader.tokens[reader.at];
    if (built?.kind === 'name' && isImage(built)) {
      reader.at++;
      return readStep(reader, built, 'dockerImage');
    }
    // `def login = ecrLogin()` and `out = sh(…)`: what it gives is not known, what it does is.
    if (built?.kind === 'name' && doesSomething(reader, built)) {
      reader.run.state.variables.set(token.text.replace(/^env\./, ''), unknown(`${built.text}()`));
      return readStatement(reader, built);
    }
    const value = readValue(reader);
    if (value !== undefined) reader.run.state.variables.set(token.text.replace(/^env\./, ''), value);
    return;
  }
  reader.at++;
  const name = token.text.split('.').at(-1)!;
  if (shells.has(name)) return readShell(reader, token);
  if (name === 'withEnv') return readWithEnv(reader);
  if (parameters.has(name) && isSign(reader.tokens[reader.at], '(')) return readParameter(reader);
  if (name === 'step') {
    const publisher = classOf(reader);
    return publisher === undefined ? undefined : readStep(reader, token, publisher);
  }
  if (isImage(token)) return readStep(reader, token, 'dockerImage');
  if (steps.has(name)) return readStep(reader, token, name);
}

const shells = new Set(['sh', 'bat', 'bash', 'powershell', 'pwsh']);

/** The steps that run a shell of Windows. */
const windows: ReadonlyMap<string, WindowsShell> = new Map([
  ['bat', 'cmd'],
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
]);

function doesSomething(reader: JenkinsReader, { text }: JenkinsToken): boolean {
  const name = text.split('.').at(-1)!;
  const next = reader.tokens[reader.at + 1];
  const called = isSign(next, '(') || next?.kind === 'text' || isSign(reader.tokens[reader.at + 2], ':');
  return called && (shells.has(name) || steps.has(name));
}

/** What declares a parameter of the pipeline. */
const parameters = new Set(['string', 'choice', 'text', 'booleanParam']);

/** `string(name: 'CLUSTER', defaultValue: 'main')` and `choice(name: 'STAGE', choices: ['test', 'live'])`. */
function readParameter(reader: JenkinsReader): void {
  let depth = 0;
  let argument = '';
  const texts = new Map<string, JenkinsToken[]>();
  for (; reader.at < reader.tokens.length; reader.at++) {
    const token = reader.tokens[reader.at]!;
    if (isSign(token, '(')) depth++;
    else if (isSign(token, ')') && --depth === 0) break;
    else if (token.kind === 'name' && isSign(reader.tokens[reader.at + 1], ':')) argument = token.text;
    else if (token.kind === 'text') texts.set(argument, [...(texts.get(argument) ?? []), token]);
  }
  const name = texts.get('name')?.[0]?.text;
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return;
  const choices = (texts.get('choices') ?? []).flatMap(({ text }) => text.split('\n')).filter((text) => text !== '');
  const [given] = texts.get('defaultValue') ?? [];
  if (choices.length > 0) reader.run.state.variables.set(name, oneOf(choices.map(literal)));
  else if (given !== undefined && given.text !== '')
    reader.run.state.variables.set(name, withDefault(textValue(reader, given), `params.${name}`));
}

/** The publisher of `step([$class: 'AWSCodeDeployPublisher', …])`, where it is one of AWS. */
function classOf({ tokens, at }: JenkinsReader): string | undefined {
  const place = tokens.slice(at, at + 4).findIndex(({ text }) => text === 'class');
  const named = place < 0 ? undefined : tokens[at + place + 2];
  return named?.kind === 'text' && /^(AWS|S3)[A-Z]/.test(named.text) ? named.text : undefined;
}

const steps = new Set([
  'withAWS',
  'withRegistry',
  's3Upload',
  's3Download',
  's3FindFiles',
  's3Delete',
  'cfnUpdate',
  'cfnDelete',
  'cfInvalidate',
  'ecrLogin',
  'invokeLambda',
  'lambdaUpload',
  'deployLambda',
  'ecrDeleteImage',
  'createDeployment',
  'awaitDeployment',
  'ebCreateApplicationVersion',
  'withCredentials',
  'cfnDescribe',
  'cfnValidate',
  'awsCodeBuild',
  's3Copy',
  'snsPublish',
  'deployAPI',
  'lambdaVersionCleanup',
  'cfnUpdateStackSet',
  'cfnCreateChangeSet',
  'cfnExecuteChangeSet',
  'ebCreateEnvironment',
  'ebSwapEnvironmentCNAMEs',
]);

function readShell(reader: JenkinsReader, token: JenkinsToken): void {
  const open = isSign(reader.tokens[reader.at], '(');
  if (open) reader.at++;
  const named = open || isSign(reader.tokens[reader.at + 1], ':');
  const script = named ? findArgument(reader, 'script') : undefined;
  if (script !== undefined) reader.at = script;
  const text = reader.tokens[reader.at];
  if (text?.kind !== 'text') return;
  const line = text.line;
  const parts: { readonly text: string; readonly line: number }[] = [{ text: text.text, line }];
  reader.at++;
  while (isSign(reader.tokens[reader.at], '+')) {
    const added = reader.tokens[reader.at + 1];
    if (added === undefined) break;
    parts.push({
      text: added.kind === 'text' ? added.text : `\${${added.text.replace(/^(env|params)\./, '')}}`,
      line: added.line,
    });
    reader.at += 2;
  }
  const starts: { readonly from: number; readonly line: number }[] = [];
  const shell = windows.get(token.text.split('.').at(-1)!);
  let whole = '';
  for (const part of parts) {
    const written = shell === undefined ? part.text : asPosix(part.text, shell);
    for (const [index, piece] of written.split('\n').entries()) {
      if (index > 0) whole += '\n';
      starts.push({ from: whole.length, line: part.line + index });
      whole += piece;
    }
  }
  const made = whole.replace(/\$\{(env|params)\.(\w+)\}/g, '${$2}');
  reader.run.state.directory = empty;
  followScript(reader.run, {
    text: made,
    masked: [],
    siteAt: (offset) => ({
      file: reader.file,
      line: parts.length > 1 ? line : (starts.filter(({ from }) => from <= offset).at(-1)?.line ?? token.line),
    }),
  });
}

/** The place of the text that a named argument has; undefined where the call has none of this name. */
function findArgument(reader: JenkinsReader, name: string): number | undefined {
  let depth = 1;
  for (let at = reader.at; at < reader.tokens.length && depth > 0; at++) {
    const token = reader.tokens[at]!;
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    if (isSign(token, '{') || isSign(token, '}')) return undefined;
    if (token.kind === 'name' && token.text === name && isSign(reader.tokens[at + 1], ':')) return at + 2;
  }
  return undefined;
}

/** `withEnv(["NAME=value"])` sets what its texts say. */
function readWithEnv(reader: JenkinsReader): void {
  while (reader.at < reader.tokens.length && !isSign(reader.tokens[reader.at], '{')) {
    const token = reader.tokens[reader.at++]!;
    const equals = token.kind === 'text' ? token.text.indexOf('=') : -1;
    if (equals > 0)
      reader.run.state.variables.set(
        token.text.slice(0, equals),
        textValue(reader, { ...token, text: token.text.slice(equals + 1) }),
      );
  }
}

/** A step with its arguments: named ones by name, others as `0`, `1` and so on. */
function readStep(reader: JenkinsReader, token: JenkinsToken, name: string): void {
  const inputs = new Map<string, Value>();
  const open = isSign(reader.tokens[reader.at], '(');
  if (open) reader.at++;
  const bound = name === 'withCredentials' ? boundKeys(reader) : undefined;
  let position = 0;
  while (reader.at < reader.tokens.length) {
    const current = reader.tokens[reader.at]!;
    if (isSign(current, '{') || isSign(current, '}') || (open && isSign(current, ')'))) break;
    if (!open && current.line !== token.line) break;
    const named = current.kind === 'name' && isSign(reader.tokens[reader.at + 1], ':');
    if (named) reader.at += 2;
    const before = reader.at;
    const value = readValue(reader);
    if (value !== undefined) inputs.set(named ? current.text : String(position++), value);
    if (reader.at === before) reader.at++;
    if (isSign(reader.tokens[reader.at], ',')) reader.at++;
  }
  if (name === 'withRegistry') {
    inputs.set('url', inputs.get('0') ?? empty);
    inputs.set('credentials', inputs.get('1') ?? empty);
    // `ecr:REGION:CREDENTIALS`
    const region = (inputs.get('1') ?? []).flatMap((text) => {
      const pieces = splitText(text, (character) => character === ':');
      return onlyLiteral([pieces[0]!]) === 'ecr' && pieces[1] !== undefined ? [pieces[1]] : [];
    });
    if (region.length > 0) inputs.set('region', region);
  }
  if (bound !== undefined) inputs.set('credentials', literal(bound));
  const region = inputs.get('region');
  if (name === 'withAWS' && region !== undefined) reader.run.state.variables.set('AWS_REGION', region);
  emitStep(reader.run, { name: `jenkins ${name}`, version: '', inputs, at: { file: reader.file, line: token.line } });
}

/**
 * The credentials that `withCredentials` binds to the variables of AWS, by their id: `aws(credentialsId: 'ID')`, its older form
 * `[$class: 'AmazonWebServicesCredentialsBinding', …]`, and texts that go into `AWS_ACCESS_KEY_ID`.
 */
function boundKeys({ tokens, at }: JenkinsReader): string | undefined {
  const end = tokens.findIndex((token, place) => place >= at && isSign(token, '{'));
  const own = tokens.slice(at, end < 0 ? undefined : end);
  const isAws = own.some(
    ({ kind, text }) =>
      (kind === 'name' && text === 'aws') ||
      (kind === 'text' && /^(AmazonWebServicesCredentialsBinding|AWS_ACCESS_KEY_ID)$/.test(text)),
  );
  if (!isAws) return undefined;
  const id = own.findIndex(({ text }) => text === 'credentialsId');
  const named = id < 0 ? undefined : own[id + 2];
  return named?.kind === 'text' ? named.text : 'aws';
}

/** A text, a variable, or several joined by `+`; undefined where something else stands there. */
function readValue(reader: JenkinsReader): Value | undefined {
  const parts: Value[] = [];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token?.kind === 'text') parts.push(textValue(reader, token));
    else if (token?.kind === 'name') {
      const call = isSign(reader.tokens[reader.at + 1], '(');
      if (call && token.text === 'sh') return parts.length === 0 ? undefined : concat(parts);
      const name = token.text.replace(/^(env|params)\./, '');
      parts.push(call ? unknown(`${token.text}()`) : (reader.run.state.variables.get(name) ?? unknown(`$${name}`)));
      if (call) skipCall(reader);
    } else return parts.length === 0 ? undefined : concat(parts);
    reader.at++;
    if (!isSign(reader.tokens[reader.at], '+')) return concat(parts);
    reader.at++;
  }
}

function skipCall(reader: JenkinsReader): void {
  let depth = 0;
  for (reader.at++; reader.at < reader.tokens.length; reader.at++) {
    if (isSign(reader.tokens[reader.at], '(')) depth++;
    if (isSign(reader.tokens[reader.at], ')') && --depth === 0) return;
  }
}

function textValue(reader: JenkinsReader, token: JenkinsToken): Value {
  if (!token.open) return literal(token.text);
  return expandVariables(
    literal(token.text.replace(/\$\{(env|params)\.(\w+)\}/g, '${$2}')),
    reader.run.state.variables,
  );
}
