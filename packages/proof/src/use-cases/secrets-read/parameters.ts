import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { parametersOf, pathsOf, valueOf, within } from './values.js';

interface ParameterAnswer {
  readonly Parameter?: { readonly Value: string };
  readonly Parameters?: readonly { readonly Name: string; readonly Value?: string }[];
}

/** @throws {StepFailure} where other values are read than expected */
function expectValues(found: readonly (string | undefined)[], names: readonly string[]): void {
  const expected = names.map((name) => valueOf(name)).sort();
  if (JSON.stringify([...found].sort()) !== JSON.stringify(expected))
    throw new StepFailure(`${found.join(', ')} was read instead of ${expected.join(', ')}`);
}

/** Parameters as scripts read them, with the AWS CLI. */
export function parameterSteps(options: CellOptions): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'aws', run });
  const ssm = async (stage: Stage, ...words: readonly string[]) =>
    JSON.parse(await stage.succeed('aws', ['ssm', ...words, '--output', 'json'])) as ParameterAnswer;
  const parameters = parametersOf(options);
  const names = parameters.map(({ name }) => name);
  const ids = parameters.map(({ id }) => id);
  const isRecursive = options.is('recursive', true);
  return [
    ...(options.is('call', 'get-parameter', 'both')
      ? parameters.map(({ name, id }) =>
          step(`read ${name}`, async (stage) => {
            const { Parameter } = await ssm(stage, 'get-parameter', '--with-decryption', '--name', id);
            expectValues([Parameter?.Value], [name]);
          }),
        )
      : []),
    ...(options.is('call', 'get-parameters', 'both') && names.length > 0
      ? [
          step('read parameters together', async (stage) => {
            const { Parameters = [] } = await ssm(stage, 'get-parameters', '--with-decryption', '--names', ...ids);
            expectValues(
              Parameters.map(({ Value }) => Value),
              names,
            );
          }),
        ]
      : []),
    ...(options.is('history', true)
      ? parameters.map(({ id }) =>
          step('read the earlier values', async (stage) => {
            const { Parameters = [] } = await ssm(stage, 'get-parameter-history', '--with-decryption', '--name', id);
            if (Parameters.length === 0) throw new StepFailure('no value is in the history');
          }),
        )
      : []),
    ...pathsOf(options).map((path) =>
      step(`read what is in ${path.name}`, async (stage) => {
        const how = isRecursive ? ['--recursive'] : [];
        const words = ['get-parameters-by-path', '--with-decryption', '--path', path.id, ...how];
        const { Parameters = [] } = await ssm(stage, ...words);
        const [own, ...below] = within(path);
        expectValues(
          Parameters.map(({ Value }) => Value),
          isRecursive ? [own, ...below] : [own],
        );
      }),
    ),
    ...(options.is('listParameters', true)
      ? [
          step('list the parameters', async (stage) => {
            const { Parameters = [] } = await ssm(stage, 'describe-parameters');
            if (!names.every((name) => Parameters.some(({ Name }) => Name === name)))
              throw new StepFailure('a parameter is not listed');
          }),
        ]
      : []),
  ];
}
