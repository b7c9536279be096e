import {
  findIn,
  firstFile,
  InputError,
  noRole,
  reportOf,
  schemaHint,
  type Report,
  type Repository,
} from '@postern/cli/browser';
import { takesSeveral, trustEntries, useCases, visible, type AnyEntry } from '@postern/core';
import { roleAddress } from '../role/address.js';
import { toAddress } from '../tool/address.js';

/** What is asked: a repository, and what it is called. */
export interface InitQuestion {
  readonly repository: Repository;
  readonly name: string;
}

/** What `postern init` says of a repository. */
export interface InitAnswer {
  /** Why it cannot be read; then there is nothing else. */
  readonly problems: readonly string[];
  readonly report: Report | undefined;
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
export function answerInit({ repository, name }: InitQuestion): InitAnswer {
  try {
    const found = findIn(repository, name);
    const report = reportOf(found);
    const isWritten = found.roles.length > 0;
    return {
      problems: [],
      report: plain(report),
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
    return { problems: error.problems, report: undefined, jobs: [], roles: {}, file: undefined, noFile: undefined };
  }
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
  return page === '' ? '' : roleAddress({ trust, options, name: '', hasBoundary: false });
}

/** What stands in files may turn or hide text: none of it reaches the page. */
function plain(report: Report): Report {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  ) as Report;
}
