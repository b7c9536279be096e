import type { PolicyDocument, Statement } from '@postern/core';
import { matchesAction } from '../../matching.js';

/** A statement of one of the identity's documents. */
export interface StatementPlace {
  readonly document: number;
  readonly index: number;
  readonly statement: Statement;
  readonly version: PolicyDocument['Version'];
}

/** The statements that are about an action. */
export interface About {
  readonly allows: readonly StatementPlace[];
  readonly denies: readonly StatementPlace[];
}

/** Finds the statements about an action, in documents that may have very many. */
export function indexOf(documents: readonly PolicyDocument[]): (action: string) => About {
  const exact = new Map<string, StatementPlace[]>();
  const patterns = new Map<string, StatementPlace[]>();
  const excluding: StatementPlace[] = [];
  for (const [document, { Statement, Version }] of documents.entries()) {
    for (const [index, statement] of Statement.entries()) {
      const place = { document, index, statement, version: Version };
      if (statement.Action === undefined) excluding.push(place);
      for (const text of new Set(statement.Action?.map((action) => action.toLowerCase()))) {
        const list = /[*?]/.test(text) ? patterns : exact;
        const places = list.get(text);
        if (places === undefined) list.set(text, [place]);
        else places.push(place);
      }
    }
  }
  const known = new Map<string, About>();
  return (action) => {
    let about = known.get(action);
    if (about === undefined) {
      const places = new Set(exact.get(action.toLowerCase()));
      for (const [pattern, list] of patterns) {
        if (matchesAction(pattern, action)) for (const place of list) places.add(place);
      }
      for (const place of excluding) {
        if (place.statement.NotAction?.some((one) => matchesAction(one, action)) !== true) places.add(place);
      }
      const all = [...places];
      about = {
        allows: all.filter(({ statement }) => statement.Effect === 'Allow'),
        denies: all.filter(({ statement }) => statement.Effect === 'Deny'),
      };
      known.set(action, about);
    }
    return about;
  };
}
