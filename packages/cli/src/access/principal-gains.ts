import { compare, decide, type DocumentSource, type Request, type Witness } from '@postern/core';
import { decidingAbsences } from './absent.js';
import type { Gain, Gains } from './gains.js';
import { documentOf, onlyEffect, piecesOf, statementsOf, type NamedStatement } from './pieces.js';
import type { ShownWitness } from './request.js';

/**
 * Lists what `to` allows and `from` does not, where the documents name principals: each Allow of `to` that allows more than
 * `from`, then each Deny of `from` that `to` has not, with a request for each, which names who makes it.
 */
export function findPrincipalGains(from: readonly DocumentSource[], to: readonly DocumentSource[]): Gains {
  const gains: Gain[] = [];
  const doubts = new Set<string>();
  const denies = onlyEffect(to, 'Deny');
  const add = (named: NamedStatement, one: readonly DocumentSource[]): void => {
    const { gained, reason } = compare(from, one);
    if (gained === null) {
      if (reason !== null) doubts.add(reason);
      return;
    }
    const { Principal, NotPrincipal, Resource, NotResource } = named.statement;
    const { resource, ...first } = piecesOf(named)[0]!;
    const witness = shown(from, one, gained);
    gains.push({
      ...first,
      ...(resource !== undefined && (Resource ?? NotResource) !== undefined && { resource }),
      ...(Principal !== undefined && { principal: Principal }),
      ...(NotPrincipal !== undefined && { notPrincipal: NotPrincipal }),
      actions: named.statement.Action ?? [],
      partly: false,
      limited: denies.length > 0,
      witness,
    });
  };
  for (const named of statementsOf(to, 'Allow')) add(named, [documentOf(named.version, named.statement), ...denies]);
  for (const named of statementsOf(from, 'Deny')) {
    const others = from.length === 0 ? [] : without(from, named);
    const { gained } = compare(from, to);
    if (gained !== null && decide(others, gained).decision === 'allowed') add(named, to);
  }
  return { gains: unique(gains), unseen: 0, doubts: [...doubts] };
}

/** The documents without one of their statements. */
function without(documents: readonly DocumentSource[], { statement }: NamedStatement): DocumentSource[] {
  const text = JSON.stringify(statement);
  return [...onlyEffect(documents, 'Allow'), ...onlyEffect(documents, 'Deny')].map((document) => ({
    ...document,
    Statement: document.Statement.filter((one) => JSON.stringify(one) !== text),
  }));
}

function unique(gains: readonly Gain[]): Gain[] {
  return [...new Map(gains.map((gain) => [JSON.stringify({ ...gain, witness: undefined }), gain])).values()];
}

function shown(from: readonly DocumentSource[], to: readonly DocumentSource[], found: Witness): ShownWitness {
  const holds = (request: Request): boolean =>
    decide(to, request).decision === 'allowed' && decide(from, request).decision.endsWith('Deny');
  return { ...found, absent: decidingAbsences([...from, ...to], found, holds), inReference: true };
}
