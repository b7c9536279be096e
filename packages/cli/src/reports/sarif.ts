import type { Log } from 'sarif';
import { plainJson } from './plain.js';

/** One finding, for code scanning. */
export interface SarifFinding {
  /** Which kind of finding: its id, and its title in one sentence without a full stop. */
  readonly id: string;
  readonly title: string;
  /** Where the kind is explained. */
  readonly helpUri?: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  /** The file, as it was named. */
  readonly uri: string;
  /** The line, counted from 1. */
  readonly line?: number | undefined;
  /** What tells this finding from others of its kind in the file. */
  readonly key: string;
}

/** Prints findings as SARIF 2.1.0. */
export function printSarif(findings: readonly SarifFinding[]): string {
  const kinds = [...new Map(findings.map((finding) => [finding.id, finding])).values()];
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'postern',
            rules: kinds.map(({ id, title, helpUri }) => ({
              id,
              shortDescription: { text: `${title}.` },
              ...(helpUri === undefined ? {} : { helpUri }),
            })),
          },
        },
        results: findings.map(({ id, level, message, uri, line = 1, key }) => ({
          ruleId: id,
          ruleIndex: kinds.findIndex((kind) => kind.id === id),
          level,
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uri === '-' ? 'stdin' : encodeURI(uri.replaceAll('\\', '/')) },
                region: { startLine: line },
              },
            },
          ],
          partialFingerprints: { 'postern/v1': `${id} ${key}` },
        })),
      },
    ],
  };
  return `${plainJson(log)}\n`;
}
