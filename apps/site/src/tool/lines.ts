import type { PolicyDocument, Statement } from '@postern/core';

/** What a line of a printed policy is about. */
export interface LinePlace {
  readonly sid: string;
  readonly action?: string;
  readonly principal?: string;
  readonly resource?: string;
  readonly condition?: { readonly operator: string; readonly key: string };
}

/** A line of a printed policy. */
export interface PolicyLine {
  readonly text: string;
  /** Undefined for a line that no statement brings. */
  readonly place: LinePlace | undefined;
}

const holds = (line: string, text: string) => line.includes(`"${text}"`) || line.includes(`'${text}'`);
const names = (line: string, text: string) =>
  holds(line, text) || line.trim().startsWith(`${text}:`) || line.trim().startsWith(`${text} =`);
const indent = (line: string) => line.length - line.trimStart().length;

/**
 * Says of each line of a printed policy what it is about, whatever the format: every format prints statements in the order of
 * the document, the Sid first, and a value on a line of its own.
 */
export function readLines(text: string, { Statement }: PolicyDocument): PolicyLine[] {
  let next = 0;
  let statement: { readonly is: Statement; readonly depth: number } | undefined;
  let part = '';
  let operator: string | undefined;
  let key: string | undefined;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const coming = Statement[next];
      if (coming?.Sid !== undefined && /\bSid\b/.test(line) && holds(line, coming.Sid)) {
        statement = { is: coming, depth: line.indexOf('Sid') };
        next += 1;
        part = '';
        // A line with several statements on it is about none of them.
        const another = Statement[next]?.Sid;
        if (another !== undefined && holds(line, another)) statement = undefined;
        return { text: line, place: statement && { sid: coming.Sid } };
      }
      if (statement === undefined || line.trim() === '') return { text: line, place: undefined };
      const { is, depth } = statement;
      // The quote before a name in JSON counts to it.
      if (indent(line) < depth - 1) {
        statement = undefined;
        return { text: line, place: undefined };
      }
      const sid = is.Sid ?? '';
      const heading = /^\W{0,8}(Effect|Action|Resource|Principal|Condition)\b/.exec(line)?.[1];
      if (heading !== undefined && indent(line) <= depth) {
        part = heading;
        operator = key = undefined;
        return { text: line, place: { sid } };
      }
      return { text: line, place: { sid, ...about(line) } };

      function about(line: string): Omit<LinePlace, 'sid'> {
        if (part === 'Action') {
          const action = is.Action?.find((one) => holds(line, one));
          return action === undefined ? {} : { action };
        }
        if (part === 'Resource') {
          return { resource: line.trim() };
        }
        if (part === 'Principal') {
          const types = typeof is.Principal === 'object' ? Object.keys(is.Principal) : [];
          return types[0] === undefined ? {} : { principal: types[0] };
        }
        if (part !== 'Condition') return {};
        for (const [name, keys] of Object.entries(is.Condition ?? {})) {
          if (names(line, name)) {
            operator = name;
            key = Object.keys(keys).length === 1 ? Object.keys(keys)[0] : undefined;
          }
        }
        const own = operator === undefined ? {} : (is.Condition?.[operator] ?? {});
        key = Object.keys(own).find((one) => names(line, one)) ?? key;
        return operator === undefined || key === undefined ? {} : { condition: { operator, key } };
      }
    });
}
