import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useCases, type UseCase } from '@postern/core';
import { writeActionTree } from './action-tree.js';
import { readBaseline, recordBaseline, writeBaseline } from './baseline.js';
import { bumpBetween, findAdditions, findChanges, isEnough, leastBump } from './changes.js';
import { cutRelease, replaceUnreleased, unreleasedSection, type Reasons } from './changelog.js';
import { listCells } from './cells.js';
import { problemsOfOwners } from './owners.js';
import { writeVersions } from './versions.js';

const changelogFile = new URL('../../../CHANGELOG.md', import.meta.url);
const ownersFile = new URL('../../../.github/CODEOWNERS', import.meta.url);
const reasonsFile = new URL('../reasons.json', import.meta.url);
const [command = 'changelog', version] = process.argv.slice(2);

const baseline = readBaseline();
const entries = useCases as readonly UseCase[];
const changes = findChanges(baseline, entries);
const additions = findAdditions(baseline, entries);
const reasons = JSON.parse(readFileSync(reasonsFile, 'utf8')) as Reasons;
const least = leastBump(changes, baseline.version, additions);
const section = unreleasedSection(changes, reasons, additions);
const changelog = replaceUnreleased(readFileSync(changelogFile, 'utf8'), section);
const count = `${changes.length} access changes and ${additions.length} new use cases since ${baseline.version}`;

const ownerProblems = problemsOfOwners(readFileSync(ownersFile, 'utf8'));

/**
 * `changelog` writes what changed since the last release; `cut VERSION` makes it a release, everywhere the version stands;
 * `owners` says whether somebody owns what is released; `action FOLDER` writes what a release of the GitHub Action consists of.
 */
if (command === 'changelog') {
  writeFileSync(changelogFile, changelog);
  console.log(`${count}: the next release is a ${least} one, or higher`);
} else if (command === 'cut' && version !== undefined && /^\d+\.\d+\.\d+$/.test(version)) {
  const unexplained = new Set(changes.map(({ useCase }) => useCase).filter((id) => reasons[id] === undefined));
  const problems = [
    ...ownerProblems,
    ...(isEnough(bumpBetween(baseline.version, version), least)
      ? []
      : [`\`${version}\` is not enough after ${baseline.version}: ${count} need a ${least} release, or a higher one`]),
    ...[...unexplained].map((id) => `\`tools/release/reasons.json\` gives no reason for \`${id}\`: say why it changes`),
  ];
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  } else {
    const recorded = recordBaseline(version, await listCells());
    writeFileSync(changelogFile, cutRelease(changelog, version, new Date().toISOString().slice(0, 10)));
    writeBaseline(recorded);
    writeFileSync(reasonsFile, '{}\n');
    writeVersions(version);
    for (const { useCase, title } of additions) console.log(`new use case: ${useCase} (${title})`);
    console.log(`${version} is cut, with ${count}: commit it and tag it`);
  }
} else if (command === 'owners') {
  if (ownerProblems.length > 0) console.error(ownerProblems.join('\n'));
  process.exitCode = ownerProblems.length > 0 ? 1 : 0;
} else if (command === 'action' && version !== undefined) {
  const actionProblems = writeActionTree(fileURLToPath(new URL('../../../', import.meta.url)), version);
  if (actionProblems.length > 0) console.error(actionProblems.join('\n'));
  process.exitCode = actionProblems.length > 0 ? 1 : 0;
} else {
  console.error(
    'write `npm run release`, `npm run release -- cut 1.2.3`, `npm run release -- owners`, or `npm run release -- action FOLDER`',
  );
  process.exitCode = 2;
}
