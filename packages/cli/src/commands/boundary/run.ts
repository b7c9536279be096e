import { boundary, boundaryOf, OptionsError, partitions, quote, type OptionsOf, type UseCase } from '@postern/core';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { readOptions } from '../../options/given.js';
import { describeProblem } from '../../options/spell.js';
import { printed, readDocuments, write } from '../../documents/documents.js';
import { explained } from '../../documents/explained.js';
import type { BoundaryFlags } from './flags.js';

type GivenFlags = BoundaryFlags & Readonly<Record<string, unknown>>;

/** Prints the boundary of a use case. */
export async function boundaryOfUseCase(useCase: UseCase, flags: GivenFlags, io: Io): Promise<void> {
  const { name, path, output } = flags;
  const problems = nameProblems(name, path);
  const { options, spelling } = await readOptions(useCase, flags, io);
  const policy = { ...(name === undefined ? {} : { name }), ...(path === undefined ? {} : { path }) };
  try {
    const document = boundary(useCase, options as OptionsOf<UseCase>, policy, spelling);
    if (problems.length > 0) throw new InputError(problems);
    write(printed(document), output, io);
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw new InputError([...problems, ...error.problems.map((problem) => describeProblem(problem, spelling))]);
  }
}

/** Prints the boundary of policies that hold together. */
export async function boundaryOfFiles(policies: readonly string[], flags: GivenFlags, io: Io): Promise<void> {
  const { name = 'boundary', path = '/', output } = flags;
  const { account = '*', partition } = flags as { account?: string; partition?: string };
  const problems = nameProblems(name, path);
  if (account !== '*' && !/^[0-9]{12}$/.test(account))
    problems.push(`--account: ${quote(account)} is no AWS account id: use 12 digits`);
  if (partition !== undefined && !Object.hasOwn(partitions, partition))
    problems.push(
      `--partition: ${quote(partition)} is no partition: use one of ${Object.keys(partitions).map(quote).join(', ')}`,
    );
  if (problems.length > 0) throw new InputError(problems);
  const documents = await readDocuments(policies, io);
  const inArns = [...new Set([...JSON.stringify(documents).matchAll(/"arn:(aws[a-z-]*):/g)].map((match) => match[1]!))];
  const where = partition ?? (inArns.length === 1 ? inArns[0] : undefined);
  if (where === undefined) {
    const why =
      inArns.length === 0 ? 'no ARN in the policies tells it' : `the ARNs name ${inArns.map(quote).join(' and ')}`;
    throw new InputError([`--partition: missing, and ${why}: for example \`--partition aws\``]);
  }
  const arn = `arn:${where}:iam::${account}:policy${path}${name}`;
  write(printed(explained(() => boundaryOf(documents, arn), policies.join(' '))), output, io);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
function nameProblems(name = 'boundary', path = '/'): string[] {
  return [
    ...(/^[A-Za-z0-9+=,.@_-]{1,128}$/.test(name)
      ? []
      : [`--name: ${quote(name)} is no name of a managed policy: use up to 128 letters, digits and \`+=,.@_-\``]),
    ...(path.length <= 512 && /^\/([A-Za-z0-9+=,.@_-]+\/)*$/.test(path)
      ? []
      : [`--path: ${quote(path)} is no path: begin and end it with \`/\`, such as \`/ci/\`, up to 512 characters`]),
  ];
}
