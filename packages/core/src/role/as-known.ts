import type { PolicyDocument, Statement } from '../document/document.js';
import type { Host } from '../use-case/host.js';
import { mapTexts } from './concealed.js';

/** Where a role may be whose place is known only later. */
const example = { account: '111122223333', region: 'us-east-1', partition: 'aws' };

/**
 * A trust policy whose principals can be told though the place of the role, or the ARN of its provider, is known only later:
 * with a place such as there are, and each such provider by the issuer whose tokens the conditions ask for. Two roles that are
 * read so are in one account, as two that exclude each other must be told apart by more than that.
 */
export function asKnown(document: PolicyDocument, host: Host): PolicyDocument {
  const { deferred, pieces, place = {} } = host;
  if (deferred === undefined) return document;
  const parts = new Map(
    (['account', 'region', 'partition'] as const).flatMap((part) => {
      const text = place[part];
      return text === undefined ? [] : [[text, example[part]] as const];
    }),
  );
  const placed = mapTexts(document, (text) => {
    if (!deferred(text)) return text;
    const all = pieces?.(text) ?? [{ text, known: false }];
    return all.map((piece) => (piece.known ? piece.text : (parts.get(piece.text) ?? piece.text))).join('');
  });
  return { ...placed, Statement: placed.Statement.map((statement) => withProvider(statement, deferred)) };
}

function withProvider(statement: Statement, deferred: (text: string) => boolean): Statement {
  const { Principal, Condition = {} } = statement;
  if (typeof Principal !== 'object' || Principal['Federated'] === undefined) return statement;
  const keys = Object.values(Condition).flatMap((block) => Object.keys(block));
  const issuer = keys.find((key) => key.endsWith(':aud'))?.slice(0, -':aud'.length);
  if (issuer === undefined) return statement;
  const provider = `arn:${example.partition}:iam::${example.account}:oidc-provider/${issuer}`;
  const Federated = Principal['Federated'].map((text) => (deferred(text) ? provider : text));
  return { ...statement, Principal: { ...Principal, Federated } };
}
