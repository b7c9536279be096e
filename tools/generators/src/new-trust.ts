import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { trustExportName, trustFolder } from './folders.js';

/**
 * Writes the skeleton of a trust entry: an entry that builds, and tokens that do not show yet that it is needed.
 * @param id lower case words joined by hyphens: the folder's name
 * @returns the folder
 * @throws {Error} where the id has another form or the folder exists
 */
export function writeTrustSkeleton(id: string): URL {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new Error(`\`${id}\` is no id: use lower case words joined by hyphens, such as \`github-actions\``);
  }
  const folder = new URL(`${id}/`, trustFolder);
  if (existsSync(folder)) throw new Error(`\`${id}\` exists already: edit its entry.ts`);
  mkdirSync(folder);
  writeFileSync(new URL('entry.ts', folder), skeletonOfTrust(id));
  writeFileSync(new URL('cases.ts', folder), skeletonOfTokens(id));
  return folder;
}

function skeletonOfTrust(id: string): string {
  return `import { reference } from '../../../use-case/evidence.js';
import { list, single } from '../../../use-case/option.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart } from '../../principals/names.js';
import { assumeWithToken, audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const tenant = namePart({ title: 'tenant', example: 'acme', says: 'what it is called' });
const project = namePart({ title: 'project', example: 'shop', says: 'what it is called' });

export const ${trustExportName(id)} = defineTrust({
  id: '${id}',
  title: 'Say whose jobs they are',
  summary: 'One sentence about who gets in.',
  excludes: 'One sentence about who does not.',
  options: {
    tenant: single(tenant, 'One sentence about the option.', { required: true }),
    projects: list(project, 'One sentence about the option.', { required: true }),
    audience: single(audienceForm, 'What the tokens are for.', { default: 'sts.amazonaws.com' }),
    ...webIdentity,
  },
  issuer: [template\`ci.example.com/\${text('tenant')}\`],
  ownClaims: { language: 'sh', code: 'the command', say: 'One sentence.' },
  statements: [
    {
      sid: 'AssumeFromCi',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [template\`project:\${text('projects')}\`],
          reason: 'only these projects',
        },
      ],
      evidence: [reference('sts')],
    },
  ],
});
`;
}

function skeletonOfTokens(id: string): string {
  return `import { carriesMore, defineTokens } from '../../tokens.js';
import { ${trustExportName(id)} } from './entry.js';

export const samples = defineTokens(${trustExportName(id)}, [
  {
    name: 'default',
    options: { tenant: 'acme', projects: ['shop'], account: '123456789012', partition: 'aws' },
    token: { iss: 'https://ci.example.com/acme', aud: 'sts.amazonaws.com', sub: 'project:shop' },
    honest: [{ why: 'a job of the project' }],
    hostile: [...carriesMore],
  },
]);
`;
}
