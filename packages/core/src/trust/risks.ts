import type { PolicyDocument, Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { looseOperators, untestedAudience, wrongActions } from './loose-tests.js';
import { deadKeys, misfits } from './misfits.js';
import { issuerOfProvider } from './place.js';
import { pullRequests } from './pull-requests.js';
import { testsOf } from './probe.js';
import { federatedOf, type TrustRisk } from './risk.js';
import { probes, widths } from './widths.js';

/** Looks a trust policy through for what is known to go wrong with web identities. */
export function trustRisks(document: PolicyDocument): TrustRisk[] {
  const risks = document.Statement.flatMap((statement, index) =>
    risksOfStatement(document, statement, `Statement[${index}]`),
  );
  return [...risks, ...besideFederated(document), ...weakestStatement(document, risks)];
}

function isForWebIdentity(statement: Statement): boolean {
  return federatedOf(statement).some((text) => issuerOfProvider(text) !== undefined || !/:saml-provider\//.test(text));
}

function risksOfStatement(document: PolicyDocument, statement: Statement, path: string): TrustRisk[] {
  if (!isForWebIdentity(statement)) return [];
  const tests = testsOf(statement, path);
  if (statement.Effect === 'Deny') return deadKeys(tests, statement, true);
  const misplaced = misfits(statement, tests, path);
  return [
    ...deadKeys(tests, statement, false),
    ...misplaced,
    ...looseOperators(tests),
    ...pullRequests(document, statement, federatedOf(statement), tests),
    ...wrongActions(statement, path),
    ...untestedAudience(tests, path),
    // From a provider that does not exist no token comes.
    ...(misplaced.some((risk) => risk.path.endsWith('.Principal.Federated'))
      ? []
      : federatedOf(statement).flatMap((text) => probes(document, statement, text, tests, path))),
  ];
}

/** T16: a second way in. */
function besideFederated({ Statement: statements }: PolicyDocument): TrustRisk[] {
  if (!statements.some((statement) => statement.Effect === 'Allow' && isForWebIdentity(statement))) return [];
  return statements.flatMap((statement, index): TrustRisk[] => {
    const { Principal, Effect } = statement;
    const aws = Principal === '*' ? ['*'] : typeof Principal === 'object' ? (Principal['AWS'] ?? []) : [];
    if (Effect !== 'Allow' || aws.length === 0) return [];
    const who = aws.includes('*') ? 'anybody with an AWS account' : aws.slice(0, 3).map(quote).join(', ');
    const what = `${who} gets in too, beside the tokens of the identity provider and without them`;
    return [
      { code: 'T16', path: `Statement[${index}].Principal`, what, instead: 'give that caller a role of its own' },
    ];
  });
}

/** T17: statements are alternatives, so the weakest decides. */
function weakestStatement({ Statement: statements }: PolicyDocument, risks: readonly TrustRisk[]): TrustRisk[] {
  const allows = statements.flatMap((statement, index) =>
    statement.Effect === 'Allow' && isForWebIdentity(statement) ? [index] : [],
  );
  const isWide = (index: number): boolean =>
    risks.some(({ code, path }) => widths.includes(code) && path.startsWith(`Statement[${index}]`));
  const wide = allows.filter(isWide);
  if (allows.length < 2 || wide.length === 0 || wide.length === allows.length) return [];
  return wide.map((index) => ({
    code: 'T17',
    path: `Statement[${index}]`,
    what: 'this statement lets more in than the others do, and one that lets a token in is enough: the weakest decides',
    instead: 'narrow it as the others are, or take it out',
  }));
}
