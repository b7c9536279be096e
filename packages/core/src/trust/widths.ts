import { issuerKeys } from '../access/caller/issuers.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import type { SubjectFields, TokenModel } from '../catalog/token-model.js';
import { quote } from '../document/problem.js';
import { isAbout } from './ask.js';
import { fillGlob, isFixed } from './fit.js';
import { modelOf } from './model-of.js';
import { issuerOfProvider } from './place.js';
import { isPositiveText, Prober, type Probe, type Test } from './probe.js';
import type { TrustRisk } from './risk.js';

/** How wide a statement is, the widest first. */
export const widths = ['T01', 'T02', 'T03', 'T04', 'T05'];

/** T01 to T05, T14, T15 and T19: what tokens that are made up get in. */
export function probes(
  document: PolicyDocument,
  statement: Statement,
  federated: string,
  tests: readonly Test[],
  path: string,
): TrustRisk[] {
  const issuer = issuerOfProvider(federated);
  if (issuer === undefined || !isAbout(statement, 'sts:AssumeRoleWithWebIdentity')) return [];
  const subjectTests = tests.filter(({ claim }) => claim.toLowerCase() === 'sub');
  const model = modelOf(
    issuer,
    subjectTests.flatMap(({ values }) => values),
  );
  const prober = new Prober(document, statement, federated, issuer, model, tests);
  const testsSubject = subjectTests.some(isPositiveText);
  const where = subjectTests[0]?.path ?? path;
  const found = new Map<string, TrustRisk>();
  const add = (code: string, probe: Probe, what: string, instead: string): void => {
    const context = prober.request();
    const asked = Object.keys(context).length > 0 && { context };
    if (!found.has(code)) found.set(code, { code, path: where, what, instead, token: prober.token(probe), ...asked });
  };
  for (const base of prober.bases()) probeBase(prober, model, base, testsSubject, add);
  const widest = widths.find((code) => found.has(code));
  // Where nobody is named, no name can be taken over.
  const named = widest !== 'T01' && widest !== 'T02';
  return [...found.values()].filter(({ code }) => (widths.includes(code) ? code === widest : code !== 'T14' || named));
}

type Add = (code: string, probe: Probe, what: string, instead: string) => void;

function probeBase(
  prober: Prober,
  model: TokenModel,
  { probe, globs, text }: ReturnType<Prober['bases']>[number],
  testsSubject: boolean,
  add: Add,
): void {
  const { words } = model;
  const change = (fields: SubjectFields, form = probe.form, audience = probe.audience): Probe => ({
    ...probe,
    form,
    fields: { ...probe.fields, ...fields },
    audience,
  });
  const own = JSON.stringify(prober.token(probe));
  const ask = (code: string, other: Probe, what: string, instead: string): boolean => {
    // A field that no claim has makes no other token.
    const isIn = JSON.stringify(prober.token(other)) !== own && prober.isLetIn(other);
    if (isIn) add(code, other, `${what}, for example ${quote(String(prober.token(other).claims['sub']))}`, instead);
    return isIn;
  };
  const others = (names: readonly string[]): SubjectFields =>
    Object.fromEntries(
      names.filter((name) => name in model.usual).map((name) => [name, `other-${name.replaceAll('_', '-')}`]),
    );
  const pinSubject = 'test `sub` with `StringEquals` and the whole subject';
  const ids = others([...(model.ids ?? []), 'actor', 'actor_id']);

  // Somebody else altogether.
  if (model.shared && model.tenant.length > 0) {
    const strange = {
      ...others(model.tenant),
      ...others(model.ids ?? []),
      ...(model.tenant[0] !== undefined &&
        model.usual[model.tenant[0]] !== undefined && { [model.tenant[0]]: 'mallory' }),
    };
    const audience = model.audienceIsTenant === true ? 'mallory' : probe.audience;
    const who = `every customer of ${model.title} gets in`;
    if (testsSubject)
      ask(
        'T02',
        change(strange, probe.form, audience),
        `the subject is all wildcards where it says whose it is, so ${who}`,
        `write the ${words.tenant} in full`,
      );
    else ask('T01', change(strange, probe.form, audience), `nothing tests whose token it is, so ${who}`, pinSubject);
    const tenant = model.tenant[0]!;
    const glob = globs[tenant];
    if (glob !== undefined && !isFixed(glob) && fillGlob(glob, '') !== '') {
      const like = { ...others(model.tenant), ...ids, [tenant]: fillGlob(glob, 'evil') };
      ask(
        'T03',
        change(like),
        `the wildcard touches the name of the ${words.tenant}, so whoever registers a name that begins or ends alike gets in`,
        `write the ${words.tenant} in full, up to the separator behind it`,
      );
    }
  }
  // A project of the same customer.
  for (const names of model.projects) {
    const alike = Object.fromEntries(
      names.flatMap((name) =>
        globs[name] === undefined || isFixed(globs[name]) || fillGlob(globs[name], '') === ''
          ? []
          : [[name, fillGlob(globs[name], 'evil')]],
      ),
    );
    const idsOfProject = Object.fromEntries(
      Object.entries(ids).filter(
        ([name]) => name !== 'owner_id' && name !== 'namespace_id' && !name.startsWith('actor'),
      ),
    );
    const what = `any ${words.project} of the ${words.tenant} gets in, so every member who can create one`;
    const instead = `write the ${words.project} in full`;
    const isIn = ask('T04', change({ ...idsOfProject, ...others(names) }), what, instead);
    if (!isIn && Object.keys(alike).length > 0)
      ask(
        'T04',
        change({
          ...idsOfProject,
          ...others(names.filter((name) => !(name in alike) && !isFixedField(globs[name]))),
          ...alike,
        }),
        what,
        instead,
      );
  }
  // Another context of the same project.
  const isExplicit =
    prober.wanted().some((one) => /pull_request|pull-request/.test(one.text)) || prober.asksForRequests();
  for (const { form, fields, who } of model.contexts) {
    if (form.includes('@<') !== probe.form.includes('@<')) continue;
    if (isExplicit && (/pull.request/.test(form) || /merge requests/.test(who))) continue;
    ask(
      'T05',
      change(fields, form),
      `the branch, the environment or the trigger is free, so ${who} gets in`,
      'end the subject with the branch or the environment that may get in, or test `ref`',
    );
  }
  // The same names again, registered by somebody else.
  if (model.ids !== undefined && issuerKeys(prober.issuer) !== undefined) {
    const recycled = change(others(model.ids));
    if (!probe.form.includes('@<')) {
      ask(
        'T14',
        recycled,
        `only names are tested, so whoever registers the name of the ${words.tenant} or the ${words.project} again, once it is free, gets in`,
        `test ${model.ids.map((name) => quote(claimOf(model, name))).join(' and ')} too`,
      );
    } else if (/@[^/:]*[*?]/.test(text)) {
      ask(
        'T15',
        recycled,
        'the ids in the subject are wildcards, so names that somebody else registers again get in',
        'write the ids in full',
      );
    }
  }
  // Plan and apply.
  if (model.phases !== undefined && Object.keys(model.phases.plan).every((name) => probe.form.includes(`<${name}>`))) {
    const plan = change(model.phases.plan);
    if (prober.isLetIn(change(model.phases.apply))) {
      ask(
        'T19',
        plan,
        'plan and apply share the role, so a plan, which runs code of a pull request, has the rights of an apply',
        'give plan and apply a role each',
      );
    }
  }
}

function isFixedField(glob: string | undefined): boolean {
  return glob !== undefined && isFixed(glob);
}

function claimOf(model: TokenModel, field: string): string {
  return Object.entries(model.fieldOfClaim ?? {}).find(([, name]) => name === field)?.[0] ?? field;
}
