import { print, quote, readJson } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { writeLine } from '../../io.js';
import { readBounded } from '../../options/file.js';
import { buildGiven } from '../../options/built.js';
import { spellingOf } from '../../options/spell.js';
import { exampleJob, exampleOptions, findUseCase } from '../../use-cases.js';

/**
 * `postern terraform-external` speaks the protocol of Terraform's `external` data source: a query on standard input, an
 * object of texts on standard output.
 */
export const terraformExternalCommand: CommandDefinition = {
  description:
    "Answer a query of Terraform's external data source: { use_case, options }, options as JSON text, or { file, environment, role } for a role of a postern.yaml.",
  place: 100,
  define(command, io) {
    command
      .addHelpText('after', () => `\nExamples:\n${example()}\n${roleExample}`)
      .action(async () => {
        const query = readObject(await readBounded('-', io), 'the query');
        const { use_case: id, options: text = '{}' } = query;
        if (id === undefined && ['file', 'environment', 'role', 'half'].some((name) => Object.hasOwn(query, name))) {
          const { answerRole } = await import('./role.js');
          writeLine(io.stdout, JSON.stringify(await answerRole(query, io)));
          return;
        }
        if (typeof id !== 'string') throw new InputError(['the query has no `use_case`: name one, see `postern list`']);
        if (typeof text !== 'string') throw new InputError(['`options` is no text: write it with jsonencode']);
        const others = Object.keys(query).filter((name) => name !== 'use_case' && name !== 'options');
        if (others.length > 0) {
          const named = others.map((name) => quote(name)).join(', ');
          throw new InputError([
            `${named}: no part of a query for a use case, which has \`use_case\` and \`options\`: leave it out`,
          ]);
        }
        const useCase = findUseCase(id);
        const options = readObject(text, '`options`');
        const { document, problems } = buildGiven(useCase, { options, spelling: spellingOf(options, {}) });
        if (problems.length > 0) throw new InputError(problems);
        writeLine(io.stdout, JSON.stringify({ json: print(document, 0) }));
      });
  },
};

/** A data source as somebody would write it. */
function example(): string {
  const { id, useCase } = exampleJob();
  const options = Object.entries(exampleOptions(useCase));
  const width = Math.max(...options.map(([name]) => name.length));
  return `  data "external" "policy" {
    program = ["postern", "terraform-external"]
    query = {
      use_case = "${id}"
      options = jsonencode({
${options.map(([name, value]) => `        ${name.padEnd(width)} = ${JSON.stringify(value)}`).join('\n')}
      })
    }
  }
  # the policy is data.external.policy.result.json`;
}

/** A role of a file, whose documents are texts of the result. */
const roleExample = `
  data "external" "deploy" {
    program = ["postern", "terraform-external"]
    query = {
      file        = "postern.yaml"
      environment = "production"
      role        = "deploy"
    }
  }
  # data.external.deploy.result: name, path,
  # max_session_duration, trust, policies (a list, for
  # jsondecode), boundary, boundary_name, boundary_arn
  # A role that plans and applies apart: half = "plan"`;

function readObject(text: string, what: string): Record<string, unknown> {
  const { value, problems } = readJson(text);
  if (problems.length > 0) throw new InputError(problems.map(({ message }) => `${what}: ${message}`));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError([`${what} is no JSON object`]);
  return value as Record<string, unknown>;
}
