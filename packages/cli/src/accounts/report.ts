import { quote } from '@postern/core';
import type { Io } from '../io.js';
import { writeLine } from '../io.js';
import { plainJson, plainLine } from '../reports/plain.js';
import { printSarif, type SarifFinding } from '../reports/sarif.js';
import { headingStyle } from '../styles.js';
import type { CheckedAccount } from './check-account.js';
import { kinds, type AccountFinding } from './finding.js';

/** All that was counted. */
export interface AccountSummary {
  readonly accounts: number;
  readonly roles: number;
  readonly missing: number;
  readonly extra: number;
  readonly unknown: number;
  /** Accounts that could not be read. */
  readonly unread: number;
}

/** Where findings are told: each account as soon as it was compared. */
export interface AccountReport {
  account(checked: CheckedAccount, file: string): void;
  end(summary: AccountSummary): void;
}

/** How a finding is placed: in the file of roles, or where the account was read. */
export interface ReportPlaces {
  readonly config: string;
  readonly lineOf: (path: string) => { readonly line: number; readonly column: number };
}

/** The report that flags ask for. */
export async function makeReport(
  { json, markdown, sarif }: { readonly json?: true; readonly markdown?: true; readonly sarif?: true },
  places: ReportPlaces,
  io: Io,
): Promise<AccountReport> {
  if (json) return jsonReport(io);
  if (sarif) return sarifReport(places, io);
  return markdown ? markdownReport(io) : textReport(io);
}

function titleOf({ account, environments, findings, roles }: CheckedAccount): string {
  const where = environments.length === 0 ? '' : ` (${environments.join(', ')})`;
  const counted = `${roles} ${roles === 1 ? 'role' : 'roles'} of the file`;
  const found =
    findings.length > 0
      ? `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`
      : roles === 0
        ? 'none of a CI system besides'
        : 'as it says';
  return `${account}${where}: ${counted}, ${found}`;
}

function summaryOf({ accounts, extra, missing, roles, unknown, unread }: AccountSummary): string {
  const rest = unread === 0 ? '' : `; ${unread} could not be read`;
  return `${roles} roles in ${accounts} accounts: ${missing} missing, ${extra} extra, ${unknown} not known${rest}`;
}

/** One object, written account by account. */
function jsonReport({ stdout }: Io): AccountReport {
  let isFirst = true;
  stdout.write('{"accounts":[');
  return {
    account({ account, environments, findings, roles }) {
      const told = findings.map((finding) => ({ sort: kinds[finding.kind].sort, ...finding }));
      stdout.write(`${isFirst ? '\n' : ',\n'}${plainJson({ account, environments, roles, findings: told }, 0)}`);
      isFirst = false;
    },
    end(summary) {
      stdout.write(`\n],"summary":${plainJson(summary, 0)}}\n`);
    },
  };
}

/** A table for each account that has findings. */
async function textReport(io: Io): Promise<AccountReport> {
  const { default: Table } = await import('cli-table3');
  const heading = headingStyle(io.stdout, io);
  return {
    account(checked) {
      writeLine(io.stdout, heading(plainLine(titleOf(checked))));
      if (checked.findings.length === 0) return;
      const rows = checked.findings.map(({ kind, message, role }) => [plainLine(role), kind, plainLine(message)]);
      const widest = (column: number) => Math.min(40, Math.max(...rows.map((row) => row[column]!.length), 4)) + 2;
      const table = new Table({
        head: ['role', 'finding', 'what'],
        colWidths: [widest(0), widest(1), Math.max(40, (io.stdout.columns ?? 120) - widest(0) - widest(1) - 4)],
        wordWrap: true,
        style: { head: [], border: [], compact: true },
      });
      table.push(...rows);
      writeLine(io.stdout, table.toString());
    },
    end(summary) {
      writeLine(io.stdout, summaryOf(summary));
    },
  };
}

function markdownReport(io: Io): AccountReport {
  const cell = (text: string) =>
    plainLine(text)
      .replaceAll('|', '\\|')
      .replace(/[<>]/g, (sign) => `\\${sign}`);
  return {
    account(checked) {
      writeLine(io.stdout, `### ${cell(titleOf(checked))}\n`);
      if (checked.findings.length === 0) return;
      writeLine(io.stdout, '| role | finding | what |\n| --- | --- | --- |');
      for (const { kind, message, role } of checked.findings) {
        writeLine(io.stdout, `| ${cell(quote(role))} | ${kind} | ${cell(message)} |`);
      }
      writeLine(io.stdout, '');
    },
    end(summary) {
      writeLine(io.stdout, `**${summaryOf(summary)}**`);
    },
  };
}

/**
 * More results GitHub does not take; what is left over is counted in one more.
 * @see https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
const mostResults = 24_999;

const levels = { missing: 'error', extra: 'warning', unknown: 'note' } as const;

/** Findings in the file of roles, where they stand in it, and roles that nobody claims where the account was read. */
function sarifReport({ config, lineOf }: ReportPlaces, io: Io): AccountReport {
  const results: SarifFinding[] = [];
  let left = 0;
  const resultOf = (finding: AccountFinding, file: string): SarifFinding => {
    const { account, environment, kind, message, path, role } = finding;
    const where = `${quote(role)} in ${account}${environment === undefined ? '' : ` (${environment})`}`;
    return {
      id: kind,
      title: kinds[kind].title,
      level: levels[kinds[kind].sort],
      message: `${where}: ${message}.`,
      uri: path === undefined ? file : config,
      ...(path === undefined ? {} : lineOf(path)),
      key: `${account} ${role} ${message}`,
    };
  };
  return {
    account({ findings }, file) {
      for (const finding of findings) {
        if (results.length < mostResults) results.push(resultOf(finding, file));
        else left += 1;
      }
    },
    end({ unread }) {
      const note = (message: string): void => {
        const { title } = kinds.unknown;
        results.push({ id: 'unknown', title, level: 'warning', message, uri: config, key: message });
      };
      if (left + unread > 0) {
        note(
          `${left} more findings are not listed, and ${unread} accounts could not be read: \`postern check --json\` has all.`,
        );
      }
      io.stdout.write(printSarif(results));
    },
  };
}
