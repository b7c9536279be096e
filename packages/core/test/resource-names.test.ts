import { describe, expect, it } from 'vitest';
import { build, infer, tryBuild, type OptionsOf } from '../src/index.js';
import { secretsRead } from '../src/catalog/permissions/secrets-read/entry.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const parameters = 'arn:aws:ssm:eu-west-1:123456789012:parameter';
const secrets = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret';
type Options = OptionsOf<typeof secretsRead>;
const resourcesOf = (options: Options) => build(secretsRead, { ...options, ...place }).Statement[0]?.Resource;

describe('the name of a resource', () => {
  it.each([['/app/token'], ['app/token'], [`${parameters}/app/token`]])(
    'is the same parameter with and without the slash, and by its ARN: %s',
    (name) => {
      expect(resourcesOf({ parameters: [name] })).toEqual([`${parameters}/app/token`]);
      expect(resourcesOf({ parameters: [{ name: name.replace(`${parameters}/`, '') }] })).toEqual([
        `${parameters}/app/token`,
      ]);
    },
  );

  it('may come later only where nobody has to look for a slash in it', () => {
    const later = '${later}';
    const host = {
      deferred: (text: string) => text.includes(later),
      pieces: (text: string) =>
        text
          .split(/(\$\{later\})/)
          .filter((piece) => piece !== '')
          .map((piece) => ({ text: piece, known: piece !== later })),
    };
    const built = (name: string) =>
      tryBuild(secretsRead, { parameters: [{ name }], ...place } as Options, host as never).problems.map(
        ({ message }) => message,
      );
    expect(built(later)).toEqual([expect.stringMatching(/known only at deployment, and may begin with `\/`: write/)]);
    expect(built(`/app/${later}`)).toEqual([]);
  });

  it.each([
    ['app/token', `${secrets}:app/token-??????`],
    [`${secrets}:app/token-AbCdEf`, `${secrets}:app/token-AbCdEf`],
    [`${secrets}:app/token-??????`, `${secrets}:app/token-??????`],
    ['/app/token', `${secrets}:/app/token-??????`],
  ])('has the six characters of a secret behind it in the ARN: %s', (given, resource) => {
    expect(resourcesOf({ secrets: [given] })).toEqual([resource]);
  });

  it('is read back from the ARN of a secret', () => {
    const request = { action: 'secretsmanager:GetSecretValue', resource: `${secrets}:app/token-AbCdEf` };
    const { options } = infer(secretsRead, [request]);
    expect(build(secretsRead, options as Options).Statement[0]?.Resource).toEqual([`${secrets}:app/token-AbCdEf`]);
  });
});
