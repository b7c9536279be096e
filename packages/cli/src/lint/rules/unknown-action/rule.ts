import { findNearest, quote } from '@postern/core';
import { isSlip } from '../../distance.js';
import { finding, itemsOf, statementsOf, type StatementItem, type LintRule, type RuleFinding } from '../../rule.js';
import type { ServiceReference } from '../../service-reference.js';
import { retiredActionOf, retiredServiceOf } from '../retired-action/retired.js';

export const unknownAction: LintRule = {
  id: 'unknown-action',
  place: 30,
  title: 'The statement names an action that AWS does not have',
  reason: 'A misspelled action gives nothing, and the job fails where it was meant; in a Deny it forbids nothing.',
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html',
  level: 'error',
  also: ['trust', 'resource'],
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      for (const item of [...itemsOf(statement, 'Action', path), ...itemsOf(statement, 'NotAction', path)]) {
        const found = await unknown(item, reference);
        if (found !== undefined) findings.push(found);
      }
    }
    return findings;
  },
};

async function unknown({ text, path }: StatementItem, reference: ServiceReference): Promise<RuleFinding | undefined> {
  // What is no action by its form is a matter of grammar.
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+$/.test(text)) return undefined;
  if ((await reference.matching(text)).length > 0) return undefined;
  const [service, name] = text.split(':') as [string, string];
  if (retiredServiceOf(service) !== undefined || retiredActionOf(text) !== undefined) return undefined;
  const date = reference.date.toISOString().slice(0, 10);
  const names = await reference.actionNames(service.toLowerCase());
  if (names.length === 0) {
    const what = `${quote(text)} names the service ${quote(service)}, which AWS does not list`;
    const near = findNearest(service, await reference.serviceNames());
    return near === undefined
      ? finding(path, what, `check the service prefix, the reference is of ${date}`, { level: 'warning' })
      : { ...didYouMean(path, what, near, isSlip(service, near)), fix: respell(path, text, `${near}:${name}`) };
  }
  const what = `${quote(text)} is no action that AWS lists`;
  const near = findNearest(
    name,
    names.map((known) => known.slice(service.length + 1)),
  );
  if (near === undefined || /[*?]/.test(name)) {
    // A whole new name may be newer than the reference; a pattern that matches nothing gives nothing today.
    const level = /[*?]/.test(name) ? {} : { level: 'warning' as const };
    return finding(path, what, `check its spelling, the reference is of ${date}`, level);
  }
  return { ...didYouMean(path, what, near, isSlip(name, near)), fix: respell(path, text, `${service}:${near}`) };
}

/** What is only somewhat like a known name may be newer than the reference. */
function didYouMean(path: string, what: string, near: string, isSure: boolean): RuleFinding {
  const instead = `did you mean ${quote(near)}?`;
  return { path, message: `${what}, ${instead}`, instead, ...(isSure ? {} : { level: 'warning' }) };
}

function respell(path: string, from: string, to: string) {
  return { title: `write ${quote(to)} for ${quote(from)}`, path, value: to };
}
