import { parseArgs } from 'node:util';
import { toolNames, type ProgramName } from '@postern/proof/clients';
import { ensureClients } from './ensure-clients.js';
import { renderIdentity } from './render-identity.js';
import { renderTable } from './render-table.js';

const usage = `npm run clients [-- [--check | --identity] [NAME...]]

Installs every client that the proofs run, each at its pinned release, into \${XDG_CACHE_HOME:-~/.cache}/postern/clients;
what is on the PATH, or named by POSTERN_TOOL_NAME, comes first. Done twice, it does nothing.

  --check     only look; exit code 1 where one is missing
  --identity  the same, for programs: with the size and the time of each
  --help      this text

Clients: ${toolNames.join(', ')}
`;

async function main(args: readonly string[]): Promise<number> {
  const options = { check: { type: 'boolean' }, identity: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return refuse((error as Error).message);
  }
  if (parsed.values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const names = parsed.positionals.filter(isName);
  const unknown = parsed.positionals.filter((name) => !isName(name));
  if (unknown.length > 0)
    return refuse(
      `no such client: ${unknown.map((name) => `\`${name}\``).join(', ')}; there are ${toolNames.join(', ')}`,
    );
  const clients = await ensureClients({
    ...(names.length === 0 ? {} : { names }),
    check: parsed.values.check === true || parsed.values.identity === true,
    env: process.env,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(parsed.values.identity === true ? renderIdentity(clients) : renderTable(clients));
  const missing = clients.filter(({ found }) => found === undefined);
  for (const { name, problem } of missing) process.stderr.write(`${name}: ${problem}\n`);
  return missing.length === 0 ? 0 : 1;
}

const isName = (name: string): name is ProgramName => toolNames.some((one) => one === name);

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
