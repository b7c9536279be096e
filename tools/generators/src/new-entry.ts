import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { exportName, permissionsFolder } from './folders.js';

/**
 * Writes the skeleton of a permissions entry: an entry that builds, and cases and signs that do not pass until they are written.
 * @param id lower case words joined by hyphens: the folder's name
 * @returns the folder
 * @throws {Error} where the id has another form or the folder exists
 */
export function writeSkeleton(id: string): URL {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new Error(`\`${id}\` is no id: use lower case words joined by hyphens, such as \`s3-copy\``);
  }
  const folder = new URL(`${id}/`, permissionsFolder);
  if (existsSync(folder)) throw new Error(`\`${id}\` exists already: edit its entry.ts`);
  mkdirSync(folder);
  writeFileSync(new URL('entry.ts', folder), skeletonOfEntry(id));
  writeFileSync(new URL('cases.ts', folder), skeletonOfCases(id));
  writeFileSync(new URL('detect.ts', folder), skeletonOfDetection(id));
  return folder;
}

function skeletonOfEntry(id: string): string {
  return `import { reference } from '../../../use-case/evidence.js';
import { list, place, scope } from '../../../use-case/option.js';
import { arn } from '../../../use-case/template.js';
import { defineUseCase } from '../../../use-case/use-case.js';
import { s3Bucket } from '../../resources/s3.js';

export const ${exportName(id)} = defineUseCase({
  id: '${id}',
  title: 'Say what the job does',
  summary: 'One sentence about the job.',
  excludes: 'One sentence about what the policy does not allow.',
  options: {
    buckets: list(s3Bucket, 'One sentence about the option.', { required: true }),
    scope,
    ...place,
  },
  escalation: 'Two sentences about what someone could do who has the credentials. This is the second.',
  statements: [
    {
      sid: 'ReadObjects',
      actions: { 's3:ListBucket': 'why the job calls this' },
      resources: [arn('buckets')],
      evidence: [reference('s3')],
    },
  ],
});
`;
}

function skeletonOfCases(id: string): string {
  return `import { defineSamples } from '../../cases.js';
import { ${exportName(id)} } from './entry.js';

export const samples = defineSamples(${exportName(id)}, [
  {
    name: 'default',
    options: { buckets: ['my-bucket'], region: 'eu-west-1' },
    allows: [],
    denies: [],
  },
]);
`;
}

function skeletonOfDetection(id: string): string {
  return `import { defineDetection } from '../../../use-case/detection.js';

export const ${exportName(id)}Detection = defineDetection({ signs: [] });
`;
}
