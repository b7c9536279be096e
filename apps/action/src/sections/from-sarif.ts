import type { ReportFinding, ReportSection } from '../finding.js';
import { fromRoot, type WorkFolder } from '../place.js';
import type { Ran } from '../program.js';
import { failure, problemsOf, saidBesides } from './said.js';

interface SarifResult {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { uri: string };
      readonly region: { readonly startLine: number; readonly startColumn?: number };
    };
  }[];
}

/** What a command printed with `--sarif`. */
export function sarifSection(title: string, ran: Ran, place: WorkFolder): ReportSection {
  if (ran.status !== 0 && ran.status !== 1) return failure(title, ran);
  const { runs } = JSON.parse(ran.stdout) as { runs: { results: SarifResult[] }[] };
  const results = runs.flatMap((run) => run.results);
  for (const { locations } of results) {
    for (const { physicalLocation } of locations) {
      const { artifactLocation } = physicalLocation;
      artifactLocation.uri = fromRoot({ ...place, prefix: encodeURI(place.prefix) }, artifactLocation.uri);
    }
  }
  const findings = results.map(asFinding);
  const [said] = problemsOf(ran);
  const none = findings.length === 0 ? 'nothing found' : `${findings.length} to look at, none that fails`;
  return {
    title,
    outcome: ran.status === 1 ? 'findings' : 'passed',
    sentence: said ?? none,
    lines: [
      ...saidBesides(ran),
      ...findings.map(({ column, file, level, line, message, rule }) => {
        const at = [file, line, column].filter((part) => part !== undefined).join(':');
        return `${level}  ${at}  ${message} (${rule})`;
      }),
    ],
    findings,
    runs,
  };
}

function asFinding({ level, locations, message, ruleId }: SarifResult): ReportFinding {
  const [location] = locations;
  const region = location?.physicalLocation.region;
  return {
    level: level === 'note' ? 'notice' : level,
    rule: ruleId,
    message: message.text,
    ...(location === undefined ? {} : { file: decodeURIComponent(location.physicalLocation.artifactLocation.uri) }),
    ...(region === undefined ? {} : { line: region.startLine }),
    ...(region?.startColumn === undefined ? {} : { column: region.startColumn }),
  };
}
