import {
  choicesOf,
  findIn,
  firstFile,
  InputError,
  messageOf,
  noRole,
  openQuestions,
  readAnswer,
  reportOf,
  schemaHint,
  withAnswers,
  type OpenQuestion,
  type Report,
  type RepositoryFiles,
} from '@postern/cli/browser';
import type { Found, Told } from '@postern/detect';
import { takesSeveral, trustEntries, useCases, visible, type AnyEntry } from '@postern/core';
import { roleAddress } from '../role/address.js';
import { toAddress } from '../tool/address.js';

/** What is asked: a repository, and what it is called. */
export interface InitQuestion {
  readonly repository: RepositoryFiles;
  readonly name: string;
  /** What was answered to the questions that are open, in their order; empty where one was not. */
  readonly answers: readonly string[];
}

/** Something that the repository does not say. */
export interface AskedQuestion {
  /** As `postern init` asks it on a terminal. */
  readonly says: string;
  readonly option: string;
  /** What may be answered, where that is little. */
  readonly choices: readonly string[];
  /** What is wrong with the answer. */
  readonly problem: string | undefined;
}

/** What `postern init` says of a repository. */
export interface InitAnswer {
  /** Why it cannot be read; then there is nothing else. */
  readonly problems: readonly string[];
  readonly report: Report | undefined;
  /** All that the repository does not say, answered or not. */
  readonly questions: readonly AskedQuestion[];
  /** The pages of the jobs, in the order in which they were found, with the options that were. */
  readonly jobs: readonly string[];
  /** The pages of who may assume the roles, by the names of the roles. */
  readonly roles: Readonly<Record<string, string>>;
  /** The `postern.yaml`; absent where no role was found, or where one file alone was read. */
  readonly file: string | undefined;
  /** Why there is no file. */
  readonly noFile: string | undefined;
}

/** Finds the roles that the CI of a repository needs. */
export function answerInit({ repository, name, answers }: InitQuestion): InitAnswer {
  try {
    const { found, questions } = withThese(findIn(repository, name), answers);
    const report = reportOf(found);
    const isWritten = found.roles.length > 0;
    return {
      problems: [],
      report: plain(report),
      questions: plain(questions),
      jobs: found.jobs.map(({ useCase, options, open, role }) => {
        const page = addressOf(useCases, 'jobs', useCase, options, open);
        const { trust } = found.roles.find(({ name: own }) => own === role)!;
        const beside = roleOf(
          addressOf(trustEntries, 'trust', trust.provider, trust.options, trust.open),
          trust.provider,
        );
        return page === '' || beside === '' ? page : `${page}${page.includes('#') ? '&' : '#'}${beside}`;
      }),
      roles: Object.fromEntries(
        found.roles.map(({ name: role, trust: { provider, options, open } }) => [
          visible(role),
          addressOf(trustEntries, 'trust', provider, options, open),
        ]),
      ),
      file: isWritten ? firstFile(found, schemaHint) : undefined,
      noFile: isWritten ? undefined : noRole,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      problems: error.problems,
      report: undefined,
      questions: [],
      jobs: [],
      roles: {},
      file: undefined,
      noFile: undefined,
    };
  }
}

/** What was found with what was answered, and the questions with what is wrong with their answers. */
function withThese(found: Found, answers: readonly string[]): { found: Found; questions: AskedQuestion[] } {
  const values = new Map<OpenQuestion, Told>();
  const questions = openQuestions(found).map((question, index): AskedQuestion => {
    const text = answers[index] ?? '';
    const choices = choicesOf(question);
    const asked = { says: messageOf(question), option: question.option, choices: choices.map(String) };
    if (text.trim() === '') return { ...asked, problem: undefined };
    const choice = choices.find((one) => String(one) === text);
    const answer = choice === undefined ? readAnswer(question, text) : { value: choice };
    if ('problem' in answer) return { ...asked, problem: answer.problem };
    values.set(question, answer.value);
    return { ...asked, problem: undefined };
  });
  return { found: withAnswers(found, values), questions };
}

/** The page of an entry with options in its address; empty where the catalog has none. */
function addressOf(
  entries: readonly AnyEntry[],
  folder: string,
  id: string,
  options: Readonly<Record<string, unknown>>,
  open: readonly string[],
): string {
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) return '';
  const told = Object.entries(options).filter(
    ([name, value]) => !open.includes(name) && (!Array.isArray(value) || takesSeveral(entry.options, name)),
  );
  const address = toAddress(entry, { options: Object.fromEntries(told), format: 'json' });
  return `${folder}/${id}.html${address === '' ? '' : `#${address}`}`;
}

/** Who may assume the role, beside the options of a job in an address; empty where no entry is for them. */
function roleOf(page: string, trust: string): string {
  const [, options = ''] = page.split('#');
  return page === '' ? '' : roleAddress({ trust, options, plan: undefined, settings: {} });
}

/** What stands in files may turn or hide text: none of it reaches the page. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'string' ? visible(one) : one,
  ) as Value;
}
