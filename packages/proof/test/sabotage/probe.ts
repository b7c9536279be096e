import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools } from '../../src/find-tools.js';
import type { FoundTools } from '../../src/tools.js';
import type { ProofPlan } from '../../src/scenario.js';
import { only, terragrunt } from './plans.js';

/** How a tool misbehaves, from one of its calls on. */
export interface Misbehaviour {
  readonly mode: 'honest' | 'breaks' | 'crashes' | 'hangs' | 'late' | 'swallows';
  readonly from?: number;
  readonly version?: string;
}

/** Two statements of Terragrunt's bootstrap, looked at by a tool that is a process of its own. */
export const probed: ProofPlan = {
  ...only(terragrunt, 'check'),
  useCase: {
    ...terragrunt.useCase,
    statements: terragrunt.useCase.statements
      .filter(({ sid }) => sid === 'CheckBucket' || sid === 'ListBucket')
      .map((statement) =>
        statement.sid === 'ListBucket'
          ? statement
          : {
              ...statement,
              actions: { 's3:GetBucketVersioning': 'see versioning', 's3:GetBucketPolicy': 'see the policy' },
            },
      ),
  },
  hostile: terragrunt.hostile.filter(({ sid }) => sid === 'CheckBucket' || sid === 'ListBucket'),
  unshown: [],
  idle: [],
  scenarios: [
    {
      name: 'probe',
      title: 'a small client looks at the bucket',
      applies: () => true,
      prepare: (world, options) => void world.objects.create(options.name('bucket')!, options.account, options.region),
      steps: (options) => [
        {
          name: 'look at the bucket',
          tool: 'skopeo',
          run: async (stage) => {
            await stage.succeed('skopeo', [stage.sandbox.endpoint, options.name('bucket')!]);
          },
        },
      ],
    },
  ],
};

/** Does something with the tool in place. */
export async function withProbe<T>(how: Misbehaviour, act: (tools: FoundTools) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-probe-'));
  try {
    const counter = join(folder, 'calls');
    writeFileSync(counter, '');
    const file = join(folder, 'probe');
    const script = fileURLToPath(new URL('probe.mjs', import.meta.url));
    const words = [process.execPath, script, how.mode, String(how.from ?? 0), counter, how.version ?? '1.2.3'];
    writeFileSync(file, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`, { mode: 0o755 });
    const { skopeo } = await findTools({ skopeo: file }, { PATH: '' });
    if (skopeo === undefined) throw new Error('the probe says no version');
    return await act({ skopeo });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
