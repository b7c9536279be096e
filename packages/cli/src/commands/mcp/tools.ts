import { z } from 'zod';
import type { AskedCommand } from './ask.js';
import type { Documents } from './documents.js';

/** A tool: a command, what it may be given, and the command line that follows. */
export interface Tool {
  readonly description: string;
  readonly input: z.ZodRawShape;
  /** @throws {InputError} where what is given names no file that may be read */
  ask(given: never, documents: Documents): AskedCommand;
}

const word = (title: string) => z.string().min(1).max(1000).describe(title);
const path = (title: string) => z.string().min(1).max(4096).describe(title);
const text = (title: string) =>
  z
    .string()
    .max(1024 * 1024)
    .describe(title);

const document = (title: string) =>
  z
    .strictObject({
      path: path('A file in the folder that postern was started in, relative to it.').optional(),
      name: word('One of several policies in the file: its name, or a role by its name or ARN.').optional(),
      text: text('The document itself, where it is no file.').optional(),
    })
    .describe(title);

const options = z
  .record(z.string().max(100), z.json())
  .describe('Options of the use case by name; `show` says which there are.');
const id = (title: string) => word(title).regex(/^[a-z0-9][a-z0-9-]*$/);
const useCase = id('The id of a use case, as `list` names it.');
const policyType = z.enum(['identity', 'trust', 'resource']).describe('What the documents are.').optional();

function tool<Shape extends z.ZodRawShape>(
  description: string,
  input: Shape,
  ask: (given: z.infer<z.ZodObject<Shape>>, documents: Documents) => AskedCommand,
): Tool {
  return { description, input, ask };
}

/** The tools by their names, which are those of the commands. */
export const tools: Readonly<Record<string, Tool>> = {
  init: tool(
    'Which jobs the CI of this repository does on AWS: use cases with options, roles, open questions, and what no use case covers. Nothing is written.',
    {
      path: path('A folder or one CI file, relative to the folder that postern was started in.').optional(),
      check: z
        .boolean()
        .describe(
          'Compare with the `postern.yaml` of the folder instead: what it lacks, what no job is seen to need, and what neither says.',
        )
        .optional(),
    },
    (given, documents) =>
      documents.inFolder(['init', '--json', ...(given.check === true ? ['--check'] : []), '--'], given.path ?? '.'),
  ),
  list: tool('The use cases, and the entries for who may assume a role.', {}, (_given, documents) =>
    documents.alone(['list', '--json']),
  ),
  show: tool(
    'One use case or trust entry: its options, every action with its reason, and what was proved of it.',
    { id: id('The id of a use case or trust entry, as `list` names it.') },
    (given, documents) => documents.alone(['show', '--json', '--', given.id]),
  ),
  generate: tool(
    'The least-privilege policy for a job, with the reason for each line, and notes.',
    { useCase, options: options.optional() },
    (given, documents) =>
      documents.alone([
        'generate',
        given.useCase,
        '--json',
        '--options',
        documents.add(given.options ?? {}, 'options'),
      ]),
  ),
  check: tool(
    'What a real policy lacks for a job, and what it allows besides. Without options they are guessed from the policy.',
    { policy: document('The policy.'), useCase, options: options.optional() },
    (given, documents) => {
      const more = given.options === undefined ? [] : ['--options', documents.add(given.options, 'options')];
      return documents.alone([
        'check',
        documents.take(given.policy, 'policy'),
        '--use-case',
        given.useCase,
        ...more,
        '--json',
      ]);
    },
  ),
  diff: tool(
    'What the second policy allows that the first does not, and the other way round, over all requests, with a request for each.',
    { before: document('The first.'), after: document('The second.'), type: policyType },
    (given, documents) => {
      const type = given.type === undefined ? [] : ['--type', given.type];
      return documents.alone([
        'diff',
        documents.take(given.before, 'before'),
        documents.take(given.after, 'after'),
        '--json',
        ...type,
      ]);
    },
  ),
  why: tool(
    'What a refusal in a log means, and which use case and option bring the permission.',
    { text: text('The message, or a log that has it.').min(1) },
    (given, documents) => documents.alone(['why', '--json', '--file', documents.add(given.text, 'log')]),
  ),
  assume: tool(
    'Whether a trust policy lets the token of a CI job in, and if not, which condition fails. The token is never printed.',
    {
      policy: document('The trust policy.'),
      claims: z.record(z.string().max(1000), z.json()).describe('The claims of the token.'),
      issuer: word('The issuer, where the claims have no `iss`.').optional(),
      roleArn: word('The ARN of the role.').optional(),
      clientIds: z.array(word('An audience that the identity provider lists.')).max(100).optional(),
    },
    (given, documents) =>
      documents.alone([
        'assume',
        '--json',
        ...['--policy', documents.take(given.policy, 'policy'), '--token', documents.add(given.claims, 'claims')],
        ...(given.issuer === undefined ? [] : [`--issuer=${given.issuer}`]),
        ...(given.roleArn === undefined ? [] : [`--role-arn=${given.roleArn}`]),
        ...(given.clientIds ?? []).map((id) => `--client-id=${id}`),
      ]),
  ),
  lint: tool(
    'Mistakes and dangers in policies of identities, of who may assume a role, and of resources: a JSON line for each.',
    { policies: z.array(document('A file with policies, or a policy.')).min(1).max(100), type: policyType },
    (given, documents) => {
      const type = given.type === undefined ? [] : ['--type', given.type];
      documents.addLintFile();
      const files = given.policies.map((one) => documents.take(one, 'policy'));
      return documents.alone(['lint', '--json', ...type, '--', ...files]);
    },
  ),
};
