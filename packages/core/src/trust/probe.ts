import { parseOperator, type Operator } from '../document/condition.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { parseArn } from '../document/arn.js';
import { callerOfToken, type WebIdentity } from '../access/caller/web-identity.js';
import { decide } from '../access/decide.js';
import { fillGlob, fit, isFixed, type GlobFields } from './fit.js';
import type { SubjectFields, TokenModel } from '../catalog/token-model.js';

/** What a statement asks of one key: where it stands, and its values. */
export interface Test {
  readonly operator: Operator;
  readonly operatorName: string;
  readonly key: string;
  /** What stands behind the last colon. */
  readonly claim: string;
  readonly prefix: string;
  readonly values: readonly string[];
  readonly path: string;
}

/** Every condition of a statement. */
export function testsOf({ Condition = {} }: Statement, path: string): Test[] {
  return Object.entries(Condition).flatMap(([operatorName, keys]) => {
    const operator = parseOperator(operatorName);
    if (operator === undefined) return [];
    return Object.entries(keys).map(([key, values]): Test => {
      const colon = key.lastIndexOf(':');
      const where = `${path}.Condition.${operatorName}.${key}`;
      const [prefix, claim] = [key.slice(0, colon), key.slice(colon + 1)];
      return { operator, operatorName, key, claim, prefix, values, path: where };
    });
  });
}

/** Whether a test names what it wants. */
export function isPositiveText({ operator }: Test): boolean {
  return !operator.negated && ['string', 'stringLike', 'stringIgnoreCase'].includes(operator.comparison);
}

/** A token that is made up, and the template that its subject has. */
export interface Probe {
  readonly form: string;
  readonly fields: SubjectFields;
  readonly audience: string;
  /** The repository of the token that the policy is for, whose workflows are its own. */
  readonly home: string;
  /** Claims that say something else than the fields and the policy do. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** Asks one statement of a document, with every Deny beside it, about tokens that are made up. */
export class Prober {
  private readonly alone: PolicyDocument;
  private readonly own: readonly Test[];
  private readonly subjects: readonly Test[];

  constructor(
    document: PolicyDocument,
    statement: Statement,
    private readonly federated: string,
    readonly issuer: string,
    readonly model: TokenModel,
    private readonly tests: readonly Test[],
  ) {
    const denies = document.Statement.filter(({ Effect }) => Effect === 'Deny');
    // What it says of session tags stands in other statements too.
    const tagging = document.Statement.filter(
      (other) =>
        other !== statement && other.Effect === 'Allow' && JSON.stringify(other.Action ?? '').includes('TagSession'),
    ).map((other) => ({ ...other, Action: ['sts:TagSession'] }));
    this.alone = { ...document, Statement: [statement, ...tagging, ...denies] };
    this.own = tests.filter(({ prefix }) => prefix.toLowerCase() === issuer.toLowerCase());
    this.subjects = this.own.filter((test) => test.claim.toLowerCase() === 'sub' && isPositiveText(test));
  }

  /** The subjects that the statement wants, and whether wildcards count in each. */
  wanted(): { readonly text: string; readonly wildcards: boolean }[] {
    if (this.subjects.length === 0) return [{ text: '*', wildcards: true }];
    return this.subjects.flatMap(({ values, operator }) =>
      values.map((text) => ({ text, wildcards: operator.comparison === 'stringLike' })),
    );
  }

  /** Tokens that the statement lets in, one for each subject that it wants and each template that it may have. */
  bases(claims: Probe['claims'] = {}): { readonly probe: Probe; readonly globs: GlobFields; readonly text: string }[] {
    const audience = this.audience();
    return this.wanted().flatMap(({ text, wildcards }) =>
      this.model.forms.flatMap((form) => {
        const globs = fit(text, form, wildcards);
        if (globs === undefined) return [];
        const fields = this.fieldsOf(globs);
        const foreign = Object.entries(this.model.never ?? {});
        if (foreign.some(([name, part]) => `${fields[name] ?? ''}/`.includes(part))) return [];
        const probe = { form, fields, audience, home: `${fields['owner']}/${fields['repository']}`, claims };
        return this.isLetIn(probe) ? [{ probe, globs, text }] : [];
      }),
    );
  }

  /** A token with what the policy says of claims, and what is usual. */
  usual(): Probe {
    const fields = this.fieldsOf({});
    return {
      form: this.model.forms[0]!,
      fields,
      audience: this.audience(),
      home: `${fields['owner']}/${fields['repository']}`,
    };
  }

  private audience(): string {
    // Of Google, `aud` is who the token is of, and `oaud` what it is for.
    const name = this.issuer === 'accounts.google.com' ? 'oaud' : 'aud';
    const test = this.own.find((one) => one.claim.toLowerCase() === name && isPositiveText(one));
    return fillGlob(test?.values[0] ?? 'sts.amazonaws.com', 'sts.amazonaws.com');
  }

  /** Whether all that the statement lets in are merge requests, by what started the pipeline. */
  asksForRequests(): boolean {
    return this.own.some(
      (test) =>
        test.claim.toLowerCase() === 'pipeline_source' &&
        isPositiveText(test) &&
        test.values.length > 0 &&
        test.values.every((value) => /^(external_)?(merge|pull)_request/.test(value)),
    );
  }

  /** A value of each field: what the subject fixes, then what claims and session tags fix, then what is usual. */
  private fieldsOf(globs: GlobFields): SubjectFields {
    const fields: Record<string, string> = { ...this.model.usual };
    const fixed = new Set<string>();
    for (const [name, glob] of Object.entries(globs)) {
      const filled = fillGlob(glob, '');
      if (filled !== '' && filled !== '/') fields[name] = filled;
      if (isFixed(glob)) fixed.add(name);
    }
    const put = (name: string, value: string): void => {
      if (!fixed.has(name) && value !== '') fields[name] = value;
    };
    for (const test of this.tests) {
      if (!isPositiveText(test) || test.values.length === 0) continue;
      const value = fillGlob(test.values[0]!, '');
      const name = this.model.fieldOfClaim?.[test.claim.replace(/^RequestTag\//i, '')];
      if (name !== undefined) put(name, value);
      const [owner, repository] = value.split('/');
      if (['repository', 'job_workflow_ref'].includes(test.claim) && repository !== undefined) {
        put('owner', owner!);
        put('repository', repository.split('@')[0]!);
      }
      if (test.claim === 'ref') {
        put('branch', /^refs\/heads\/(.+)$/.exec(value)?.[1] ?? '');
        put('tag', /^refs\/tags\/(.+)$/.exec(value)?.[1] ?? '');
      }
    }
    return fields;
  }

  /** The token of a probe. */
  token({ form, fields, audience, home, claims: others }: Probe): WebIdentity {
    const sub = form.replace(/<(\w+)>/g, (_, name: string) => fields[name] ?? '');
    const made = this.model.claims?.({ ...fields, form }) ?? {};
    const claims: Record<string, unknown> = { iss: `https://${this.issuer}`, sub, aud: audience, ...made };
    for (const test of this.own) {
      if (!isPositiveText(test) || test.values.length === 0) continue;
      const name = test.claim;
      if (['sub', 'aud', 'oaud', 'ref', 'repository'].includes(name.toLowerCase())) continue;
      if (this.model.fieldOfClaim?.[name] !== undefined) continue;
      claims[name] =
        name === 'job_workflow_ref'
          ? workflowOf(test.values[0]!, home, fields, claims)
          : fillGlob(test.values[0]!, 'x');
    }
    if (this.issuer === 'accounts.google.com') claims['azp'] = sub;
    Object.assign(claims, others);
    const tags = this.model.tags?.(fields) ?? this.askedTags(claims);
    if (Object.keys(tags).length > 0) claims['https://aws.amazon.com/tags'] = { principal_tags: tags };
    return { issuer: `https://${this.issuer}`, claims };
  }

  /** Session tags that the policy asks for, as claims of the same name have them. */
  private askedTags(claims: Readonly<Record<string, unknown>>): Record<string, string> {
    const asked = this.tests.flatMap(({ key, values }): [string, string][] => {
      const tag = /^aws:RequestTag\/(.+)$/i.exec(key)?.[1];
      return tag === undefined ? [] : [[tag, String(claims[tag] ?? fillGlob(values[0] ?? '', 'x'))]];
    });
    return Object.fromEntries(asked);
  }

  /** What the statement asks of the request besides the token, such as an address it is let in from. */
  request(): Record<string, string> {
    return Object.fromEntries(
      this.tests.flatMap(({ key, values, operator }): [string, string][] => {
        const isOfRequest = /^(aws|sts):(?!RequestTag|TagKeys)/i.test(key) && !operator.negated && values.length > 0;
        return isOfRequest ? [[key, fillGlob(values[0]!, 'x').replace(/\/\d+$/, '')]] : [];
      }),
    );
  }

  isLetIn(probe: Probe): boolean {
    const arn = parseArn(this.federated);
    const place = { account: arn?.account ?? '111122223333', partition: arn?.partition ?? 'aws' };
    const { principal, context, actions } = callerOfToken(this.token(probe), place);
    const others = this.request();
    return actions.every(
      (action) =>
        decide(this.alone, { principal, context: { ...others, ...context }, action, resource: '*' }).decision ===
        'allowed',
    );
  }
}

/** A workflow of the job's own repository moves with it and is on its own ref; a shared one stays where it is. */
function workflowOf(
  wanted: string,
  home: string,
  fields: SubjectFields,
  claims: Readonly<Record<string, unknown>>,
): string {
  const own = `${fields['owner']}/${fields['repository']}`;
  const isOpen = /[*?]/.test(wanted.split('/').slice(0, 2).join('/'));
  if (isOpen) return `${own}/.github/workflows/deploy.yml@${String(claims['ref'])}`;
  const [path = ''] = fillGlob(wanted, 'deploy.yml').split('@');
  if (path.startsWith(`${home}/`)) return `${own}${path.slice(home.length)}@${String(claims['ref'])}`;
  return wanted.includes('@') ? fillGlob(wanted, 'refs/heads/main') : `${path}@refs/heads/main`;
}
