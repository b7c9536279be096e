import type { ReportFinding, ReportSection } from './finding.js';

/**
 * What all commands found as one SARIF log. Each run is of a category of its own, since GitHub keeps one run of a category; those of
 * commands that print no SARIF are made of their findings.
 */
export function sarifOf(sections: readonly ReportSection[], prefix: string): string {
  const counts = new Map<string, number>();
  const runs = sections
    .filter(({ outcome }) => outcome === 'passed' || outcome === 'findings')
    .flatMap((section) => {
      const word = section.title.split(' ')[0]!;
      return (section.runs ?? [runOf(section.findings)]).map((run) => {
        const number = (counts.get(word) ?? 0) + 1;
        counts.set(word, number);
        const id = ['postern', ...(prefix === '' ? [] : [prefix]), word, ...(number === 1 ? [] : [number])].join('/');
        return { ...run, automationDetails: { id: `${id}/` } };
      });
    });
  return `${JSON.stringify({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs }, null, 2)}\n`;
}

function runOf(findings: readonly ReportFinding[]): object {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return {
    tool: { driver: { name: 'postern', rules: rules.map((id) => ({ id })) } },
    columnKind: 'utf16CodeUnits',
    // GitHub shows results with a file only.
    results: findings.map(({ column, file = 'postern.yaml', level, line = 1, message, rule }) => ({
      ruleId: rule,
      ruleIndex: rules.indexOf(rule),
      level: level === 'notice' ? 'note' : level,
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
            region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
          },
        },
      ],
    })),
  };
}
