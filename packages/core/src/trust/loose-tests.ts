import type { Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { isAbout } from './ask.js';
import { isPositiveText, type Test } from './probe.js';
import { isIssuerKey, type TrustRisk } from './risk.js';

/** T07 to T10 and T20. */
export function looseOperators(tests: readonly Test[]): TrustRisk[] {
  const claims = tests.filter((test) => isIssuerKey(test) || /^aws:RequestTag\//i.test(test.key));
  const onTenancy = ({ claim }: Test): boolean =>
    /^(sub|aud|repository|.*_id|.*owner.*|namespace.*|project.*|organization.*)$/i.test(claim);
  const loose = claims.flatMap((test): TrustRisk[] => {
    const instead = `write \`${test.operatorName.replace(/^ForAllValues:/i, '').replace(/IfExists$/i, '')}\``;
    const base = { path: test.path, instead, onTenancy: onTenancy(test) };
    return [
      ...(test.operator.set === 'ForAllValues'
        ? [
            {
              ...base,
              code: 'T07',
              what: `\`ForAllValues\` holds where ${quote(test.key)} is absent, so a token without it, or a key that is misspelt, gets in`,
            },
          ]
        : []),
      ...(test.operator.ifExists
        ? [
            {
              ...base,
              code: 'T08',
              what: `\`IfExists\` holds where ${quote(test.key)} is absent, so a token without the claim gets in`,
            },
          ]
        : []),
    ];
  });
  const equals = claims.flatMap((test): TrustRisk[] => {
    const isEqual = !test.operator.negated && ['string', 'stringIgnoreCase'].includes(test.operator.comparison);
    const wild = test.values.filter((value) => /\*/.test(value) || (test.claim === 'sub' && value.includes('?')));
    if (!isEqual || wild.length === 0) return [];
    const what = `under ${quote(test.operatorName)} the wildcard in ${wild.slice(0, 3).map(quote).join(', ')} is plain text, so no token matches`;
    return [
      {
        code: 'T10',
        path: test.path,
        what,
        instead: 'write the whole value, or move it to `StringLike` with all before the wildcard literal',
      },
    ];
  });
  const scope = claims.filter(({ claim }) => !/^o?aud$/i.test(claim));
  const negated = scope.filter(({ operator }) => operator.negated);
  const onlyNegated = negated.length > 0 && negated.length === scope.length;
  return [
    ...loose,
    ...equals,
    ...(onlyNegated
      ? [
          {
            code: 'T09',
            path: negated[0]!.path,
            what: `the only test of who calls is ${quote(negated[0]!.operatorName)}, so everybody gets in but those it names, and everybody without the key`,
            instead: 'name who may get in, with `StringEquals`',
          },
        ]
      : []),
    ...editableSubjects(tests),
  ];
}

/** T20: a customised subject that begins with what whoever edits the workflow chooses. */
function editableSubjects(tests: readonly Test[]): TrustRisk[] {
  return tests.flatMap((test): TrustRisk[] => {
    if (test.claim !== 'sub' || !isPositiveText(test) || !/github|ghe\.com|_services\/token/.test(test.prefix))
      return [];
    const found = test.values.find(
      (value) =>
        /^(workflow|environment|ref|context|head_ref|base_ref|actor):/.test(value) &&
        !/(^|:)(repo|repository|repository_id|job_workflow_ref):/.test(value),
    );
    if (found === undefined) return [];
    const what = `${quote(found)} names no repository, and what it names anybody chooses who can edit a workflow: another repository can have the same subject`;
    return [
      { code: 'T20', path: test.path, what, instead: 'put `repo` first in the subject, or test `repository_id` too' },
    ];
  });
}

/** T18: more actions than a web identity has. */
export function wrongActions(statement: Statement, path: string): TrustRisk[] {
  const isAlone =
    typeof statement.Principal === 'object' && Object.keys(statement.Principal).every((type) => type === 'Federated');
  if (!isAlone || !isAbout(statement, 'sts:AssumeRole')) return [];
  const wide = (statement.Action ?? []).filter((text) =>
    isAbout({ Effect: 'Allow', Action: [text] }, 'sts:AssumeRole'),
  );
  const what = `${(wide.length === 0 ? ['NotAction'] : wide).map(quote).join(', ')} allows \`sts:AssumeRole\`, which a web identity never calls`;
  return [
    {
      code: 'T18',
      path: `${path}.${statement.Action === undefined ? 'NotAction' : 'Action'}`,
      what,
      instead: 'write `sts:AssumeRoleWithWebIdentity` alone',
    },
  ];
}

/** T13: no test of the audience. */
export function untestedAudience(tests: readonly Test[], path: string): TrustRisk[] {
  const tested = tests.some(
    (test) => /^o?aud$/i.test(test.claim) && !(test.operator.comparison === 'stringLike' && test.values.includes('*')),
  );
  if (tested) return [];
  const what =
    "no condition tests the audience, so a token that was made for another service gets in where the provider's client ids have it";
  return [
    {
      code: 'T13',
      path,
      what,
      instead: 'test the key `aud` with `StringEquals`, with `sts.amazonaws.com` or what the tokens have',
    },
  ];
}
