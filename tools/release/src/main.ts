import { readFileSync, writeFileSync } from 'node:fs';
import { useCases, type UseCase } from '@postern/core';
import { baselineFile, printBaseline, readBaseline, recordBaseline } from './baseline.js';
import { bumpBetween, findChanges, isEnough, leastBump } from './changes.js';
import { cutRelease, replaceUnreleased, unreleasedSection, type Reasons } from './changelog.js';
import { listCells } from './cells.js';

const changelogFile = new URL('../../../CHANGELOG.md', import.meta.url);
const reasonsFile = new URL('../reasons.json', import.meta.url);
const [command = 'changelog', version] = process.argv.slice(2);

const baseline = readBaseline();
const changes = findChanges(baseline, useCases as readonly UseCase[]);
const reasons = JSON.parse(readFileSync(reasonsFile, 'utf8')) as Reasons;
const least = leastBump(changes, baseline.version);
const changelog = replaceUnreleased(readFileSync(changelogFile, 'utf8'), unreleasedSection(changes, reasons));

/** `changelog` writes what changed since the last release; `cut VERSION` makes it a release. */
if (command === 'changelog') {
  writeFileSync(changelogFile, changelog);
  console.log(
    `${changes.length} access changes since ${baseline.version}: the next release is a ${least} one, or higher`,
  );
} else if (command === 'cut' && version !== undefined && /^\d+\.\d+\.\d+$/.test(version)) {
  const unexplained = changes.filter(({ useCase }) => reasons[useCase] === undefined);
  if (!isEnough(bumpBetween(baseline.version, version), least)) {
    console.error(`\`${version}\` is not enough after ${baseline.version}: the access changes need a ${least} release`);
    process.exitCode = 1;
  } else if (unexplained.length > 0) {
    console.error(`\`tools/release/reasons.json\` gives no reason for ${unexplained[0]!.useCase}: say why it changes`);
    process.exitCode = 1;
  } else {
    writeFileSync(changelogFile, cutRelease(changelog, version, new Date().toISOString().slice(0, 10)));
    writeFileSync(baselineFile, printBaseline(recordBaseline(version, await listCells())));
    writeFileSync(reasonsFile, '{}\n');
    console.log(`${version} is cut: commit it and tag it`);
  }
} else {
  console.error('write `npm run release`, or `npm run release -- cut 1.2.3`');
  process.exitCode = 2;
}
