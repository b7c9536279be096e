import { existsSync, readFileSync } from 'node:fs';
import { compilePattern, didYouMean, quote, readPattern } from '@postern/core';
import { InputError } from '../../errors.js';
import { isObject } from '../../policies/json-values.js';
import type { LintFinding } from '../finding.js';

/** The file that is read where none is named. */
export const defaultFile = '.postern-lint.yaml';

/** One suppression of the file: every part that is given must fit. */
export interface FileSuppression {
  readonly rule: string;
  readonly reason: string;
  readonly line: number;
  fits(finding: LintFinding): boolean;
}

const known = ['rule', 'files', 'policy', 'path', 'reason'];

/**
 * Reads the suppressions of a file:
 *
 * ```yaml
 * ignore:
 *   - rule: wide-resource
 *     files: policies/*.json
 *     path: Statement[0].Resource[0]
 *     reason: the list of queues is not known before the job runs
 * ```
 *
 * `*` stands for anything, slashes too.
 * @throws {InputError} with all that is wrong with it
 */
export async function readSuppressions(file: string, rules: ReadonlySet<string>): Promise<FileSuppression[]> {
  if (!existsSync(file)) throw new InputError([`${quote(file)} does not exist: check the path`]);
  const text = readFileSync(file, 'utf8');
  const { readYaml } = await import('../../printing/yaml.js');
  let value: unknown;
  try {
    value = readYaml(text);
  } catch (error) {
    throw new InputError([`${quote(file)} cannot be read as YAML: ${(error as Error).message.split('\n')[0]}`]);
  }
  if (value === null) return [];
  const list = isObject(value) && Object.keys(value).length === 1 ? value['ignore'] : undefined;
  if (!Array.isArray(list))
    throw new InputError([`${quote(file)} holds no suppressions: write a list under \`ignore\``]);
  const problems: string[] = [];
  const { SourceLines } = await import('../../reports/source-lines.js');
  const lines = new SourceLines(text);
  const found = (list as unknown[]).map((item, index): FileSuppression => {
    const at = `${file}: ignore[${index}]`;
    const entry = isObject(item) ? item : {};
    for (const key of Object.keys(entry)) {
      if (!known.includes(key))
        problems.push(`${at}: ${quote(key)} is no part of a suppression${didYouMean(key, known) || ': take it out'}`);
    }
    const text = (key: string): string => (typeof entry[key] === 'string' ? entry[key].trim() : '');
    const rule = text('rule');
    if (rule === '') problems.push(`${at} has no \`rule\`: name the one that it is about`);
    else if (!rules.has(rule))
      problems.push(`${at}: ${quote(rule)} is no rule${didYouMean(rule, rules) || ': see `postern lint --rules`'}`);
    if (text('reason') === '') problems.push(`${at} has no \`reason\`: say why it is meant to be so`);
    const files = asTexts(entry['files']);
    if (files === undefined) problems.push(`${at}: \`files\` is a pattern or a list of patterns`);
    return {
      rule,
      reason: text('reason'),
      line: lines.lineOf(`ignore[${index}]`),
      fits: fitting(rule, files ?? [], text('policy'), text('path')),
    };
  });
  if (problems.length > 0) throw new InputError(problems);
  return found;
}

function asTexts(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  return list.every((item): item is string => typeof item === 'string') ? list : undefined;
}

function fitting(rule: string, files: readonly string[], policy: string, path: string): FileSuppression['fits'] {
  const like = (pattern: string) => compilePattern(readPattern(pattern));
  const [ofFile, ofPolicy, ofPath] = [files.map((file) => like(plain(file))), like(policy), like(path)];
  return (finding) =>
    finding.rule === rule &&
    (ofFile.length === 0 || ofFile.some((matches) => matches(plain(finding.file)))) &&
    (policy === '' || ofPolicy(finding.policy)) &&
    (path === '' || ofPath(finding.path));
}

function plain(file: string): string {
  return file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}
