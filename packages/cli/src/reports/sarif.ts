import type { Fix, Log, Region, ReportingDescriptor } from 'sarif';
import { plainJson, plainLine } from './plain.js';

/** One finding, for code scanning. */
export interface SarifFinding {
  /** Which kind of finding: its id, and its title in one sentence without a full stop. */
  readonly id: string;
  readonly title: string;
  /** Why the kind matters, and where more stands. */
  readonly help?: string;
  /** Where the kind is explained. */
  readonly helpUri?: string;
  readonly level: 'error' | 'warning' | 'note';
  /** The level that the kind mostly has. */
  readonly ruleLevel?: 'error' | 'warning' | 'note';
  readonly message: string;
  /** The file, as it was named. */
  readonly uri: string;
  /** The line and column, counted from 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What tells this finding from others of its kind in the file. */
  readonly key: string;
  /** A change of the file that mends it. */
  readonly fix?: SarifFix;
}

/** A change of a text: what stands in the regions is replaced. */
export interface SarifFix {
  readonly title: string;
  readonly changes: readonly { readonly region: Region; readonly text: string }[];
}

/** Prints findings as SARIF 2.1.0. */
export function printSarif(findings: readonly SarifFinding[]): string {
  const kinds = [...new Map(findings.map((finding) => [finding.id, finding])).values()];
  const indexOf = new Map(kinds.map(({ id }, index) => [id, index]));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'postern', rules: kinds.map(describeKind) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.id,
          ruleIndex: indexOf.get(finding.id)!,
          level: finding.level,
          message: { text: plainLine(finding.message) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(finding.uri) },
                region: { ...(finding.column && { startColumn: finding.column }), startLine: finding.line ?? 1 },
              },
            },
          ],
          partialFingerprints: { 'postern/v1': `${finding.id} ${plainLine(finding.key)}` },
          ...(finding.fix === undefined ? {} : { fixes: [describeFix(finding.fix, finding.uri)] }),
        })),
      },
    ],
  };
  return `${plainJson(log, 2)}\n`;
}

function describeKind({ id, title, help, helpUri, level, ruleLevel }: SarifFinding): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: `${title}.` },
    ...(help === undefined ? {} : { fullDescription: { text: `${title}.` }, help: { text: help } }),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: ruleLevel ?? level },
  };
}

function describeFix({ title, changes }: SarifFix, uri: string): Fix {
  return {
    description: { text: plainLine(title) },
    artifactChanges: [
      {
        artifactLocation: { uri: uriOf(uri) },
        replacements: changes.map(({ region, text }) => ({ deletedRegion: region, insertedContent: { text } })),
      },
    ],
  };
}

/** A file's name as a relative or absolute reference: what has a meaning in references is escaped. */
function uriOf(file: string): string {
  if (file === '-') return 'stdin';
  return file
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}
