import type { ProgramCall, CiStep, Variables } from '../event.js';
import { Shell, type ShellCall } from '../shell/follow.js';
import type { ScriptSource } from '../shell/state.js';
import { literal, onlyLiteral, type Value } from '../values/value.js';
import { runBuiltin } from './builtins.js';
import { tellCredentialHelper } from './credential-helper.js';
import type { JobRun } from './job-run.js';
import { runScript } from './scripts.js';
import { unwrap } from './wrappers.js';

/** Follows a script of the job. What it exports is left in the job's state. */
export function followScript(run: JobRun, source: ScriptSource): void {
  new Shell(
    { unset: (name) => run.host.unset(name), run: (call, shell) => runCall(run, call, shell) },
    run.state,
  ).follow(source);
}

/** Follows a ready-made step. */
export function emitStep(
  run: JobRun,
  step: Pick<CiStep, 'name' | 'version' | 'inputs' | 'lines' | 'at'>,
  own?: Variables,
): void {
  run.events.push({
    kind: 'step',
    ...step,
    variables: withOwn(run.state.variables, own),
    directory: run.state.directory,
    through: run.through,
  });
}

const mostEvents = 5000;

function runCall(run: JobRun, call: ShellCall, shell: Shell): Value | undefined {
  const answer = runBuiltin(run, call, shell);
  tellCredentialHelper(run, call, answer === 'done' ? call.given : answer);
  if (answer !== undefined) return answer === 'done' ? undefined : answer;
  const unwrapped = unwrap(call);
  if (unwrapped === 'elsewhere') return undefined;
  if (unwrapped !== call) return runCall(run, unwrapped, shell);
  if (runScript(run, call, shell)) return undefined;
  if (run.events.length >= mostEvents) return undefined;
  const event = eventOf(run, call);
  run.events.push(event);
  rememberRegion(run, event);
  return undefined;
}

/** `aws configure set region eu-west-1` holds for the calls behind it, as the variable does. */
function rememberRegion(run: JobRun, { words }: ProgramCall): void {
  const [program, first, second, name, value] = words;
  const texts = [program, first, second].map((word) => (word === undefined ? undefined : onlyLiteral(word)));
  if (texts.join(' ') !== 'aws configure set' || name === undefined || value === undefined) return;
  if (/^(default\.)?region$/.test(onlyLiteral(name) ?? '')) run.state.variables.set('AWS_DEFAULT_REGION', value);
}

function eventOf(run: JobRun, call: ShellCall): ProgramCall {
  const [program, ...rest] = call.words;
  const name = onlyLiteral(program!);
  return {
    kind: 'call',
    words: [name === undefined ? program! : literal(programIn(name)), ...rest],
    variables: withOwn(run.state.variables, call.own),
    directory: run.state.directory,
    at: call.source.siteAt(call.offset),
    through: run.through,
  };
}

function withOwn(variables: Variables, own: Variables | undefined): Variables {
  return own === undefined || own.size === 0 ? new Map(variables) : new Map([...variables, ...own]);
}

/** The program in a path, or in a package with its release as `npx aws-cdk@2` names it. */
const programIn = (name: string) => name.slice(name.lastIndexOf('/') + 1).replace(/(?<=.)@[A-Za-z0-9.^~*-]+$/, '');
