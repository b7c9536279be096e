import { markerOf, mostInComment, putComment } from './comment.js';
import { readEvent, type GitHubEvent } from './event.js';
import type { ReportSection } from './finding.js';
import { ApiError, openApi } from './github.js';
import { ActionInputError } from './input-error.js';
import { readInputs, type Inputs } from './inputs.js';
import { renderMarkdown } from './markdown.js';
import { placeToWrite, readPlace, type WorkFolder } from './place.js';
import { logLine } from './plain.js';
import { findPostern } from './program.js';
import { addSummary, mostInSummary, setOutput, writeWhole } from './runner-files.js';
import { sarifOf } from './sarif.js';
import { sarifSection } from './sections/from-sarif.js';
import { initSection } from './sections/init.js';
import { planSection } from './sections/plan.js';
import { annotation, annotations } from './workflow-command.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs the step: commands, annotations, SARIF, the comment, the summary, outputs.
 * @param bundle the folder of the entry file
 * @param write takes a line of the log
 * @returns the exit code: 1 where something was found or could not be done
 */
export async function runStep(env: Environment, bundle: string, write: (line: string) => void): Promise<number> {
  try {
    return await runCommands(env, bundle, write);
  } catch (error) {
    const problems =
      error instanceof ActionInputError ? error.problems : [`an error of its own, please report it: ${String(error)}`];
    for (const message of problems) write(annotation({ level: 'error', rule: 'input', message }));
    setOutput(env['GITHUB_OUTPUT'], 'result', 'failed');
    return 1;
  }
}

async function runCommands(env: Environment, bundle: string, write: (line: string) => void): Promise<number> {
  const inputs = readInputs(env);
  const event = readEvent(env);
  const place = readPlace(env['GITHUB_WORKSPACE'], inputs.path);
  const sarifFile = inputs.sarif === '' ? undefined : placeToWrite(place, inputs.sarif, env['RUNNER_TEMP']);
  const sections = await sectionsOf(inputs, event, place, bundle);
  for (const section of sections) logSection(section, write);
  for (const line of annotations(sections.flatMap(({ findings }) => findings))) write(line);
  for (const { outcome, sentence: message, title } of sections)
    if (outcome === 'skipped') write(annotation({ level: 'notice', rule: title, message }));

  const notes: string[] = [];
  const problems: string[] = [];
  const hasFailed = sections.some(({ outcome }) => outcome === 'failed');
  if (sarifFile !== undefined && hasFailed) {
    notes.push('No SARIF is written, since a command could not do its work and what it would find is not known.');
  } else if (sarifFile !== undefined) {
    writeWhole(sarifFile, sarifOf(sections, place.prefix));
    setOutput(env['GITHUB_OUTPUT'], 'sarif', inputs.sarif);
  }
  const { note, problem, url } = await comment(inputs, event, sections, place, env);
  if (note !== undefined) notes.push(note);
  if (problem !== undefined) problems.push(problem);
  for (const message of notes) write(annotation({ level: 'notice', rule: 'note', message }));
  for (const message of problems) write(annotation({ level: 'error', rule: 'comment', message }));
  addSummary(env['GITHUB_STEP_SUMMARY'], renderMarkdown(sections, [...notes, ...problems], mostInSummary));

  const found = sections.some(({ outcome }) => outcome === 'findings');
  const result = hasFailed || problems.length > 0 ? 'failed' : found ? 'findings' : 'passed';
  setOutput(env['GITHUB_OUTPUT'], 'result', result);
  setOutput(env['GITHUB_OUTPUT'], 'findings', String(sections.flatMap(({ findings }) => findings).length));
  setOutput(env['GITHUB_OUTPUT'], 'comment-url', url ?? '');
  return result === 'passed' ? 0 : 1;
}

async function sectionsOf(
  inputs: Inputs,
  event: GitHubEvent,
  place: WorkFolder,
  bundle: string,
): Promise<ReportSection[]> {
  const postern = findPostern(bundle);
  const sections: ReportSection[] = [];
  for (const command of inputs.commands) {
    if (command === 'init')
      sections.push(initSection(await postern(['init', '--check', '--no-input'], place.folder), place));
    else if (command === 'plan') sections.push(await planSection(inputs, event, place, postern));
    else if (command === 'lint')
      sections.push(
        sarifSection('lint', await postern(['lint', '--sarif', '--', ...inputs.lint], place.folder), place),
      );
    else
      for (const words of inputs.check)
        sections.push(
          sarifSection(`check ${words.join(' ')}`, await postern(['check', ...words, '--sarif'], place.folder), place),
        );
  }
  return sections;
}

function logSection({ lines, outcome, sentence, title }: ReportSection, write: (line: string) => void): void {
  write(`::group::${logLine(`postern ${title}: ${outcome}`).replace(/%/g, '%25')}`);
  for (const line of [sentence, ...lines]) write(logLine(line));
  write('::endgroup::');
}

/** Writes the comment where there is a pull request that the token may write to. */
async function comment(
  inputs: Inputs,
  event: GitHubEvent,
  sections: readonly ReportSection[],
  place: WorkFolder,
  env: Environment,
): Promise<{ note?: string; problem?: string; url?: string }> {
  const { pullRequest } = event;
  if (!inputs.comment || pullRequest === undefined) return {};
  if (pullRequest.readOnly !== false)
    return { note: `No comment is written: ${pullRequest.readOnly}, whose token may only read.` };
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    return { problem: 'no comment is written: GITHUB_REPOSITORY names no repository' };
  if (inputs.token === '')
    return { problem: 'no comment is written: there is no token, give `token`, or set `comment: false`' };
  try {
    const url = await putComment(openApi(env['GITHUB_API_URL'] || 'https://api.github.com', inputs.token), {
      author: inputs.commentAuthor,
      body: renderMarkdown(sections, [], mostInComment),
      marker: markerOf(place.prefix, inputs.commands),
      number: pullRequest.number,
      repository,
    });
    return { url };
  } catch (error) {
    if (error instanceof ApiError) return { problem: `no comment is written: ${error.message}` };
    throw error;
  }
}
