import { didYouMean, quote } from '@postern/core';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { rules } from '../../lint/rules/index.js';
import { allRules } from '../../lint/rules/all.js';

/** Prints every rule. */
export function listRules(json: boolean, io: Io): void {
  if (json) {
    const rows = rules.map(({ id, code, title, reason, source, level }) => ({
      id,
      ...(code && { code }),
      level,
      title,
      reason,
      source,
    }));
    writeLine(io.stdout, JSON.stringify(rows, null, 2));
    return;
  }
  for (const { id, code, title, reason, source, level } of rules) {
    writeLine(io.stdout, `${id} (${level}${code === undefined ? '' : `, ${code}`})`);
    for (const line of [`${title}.`, reason, source]) writeLine(io.stdout, `    ${line}`);
  }
}

/**
 * Explains one rule: what it finds, why that matters, and examples of what it finds something in and what it does not.
 * @throws {InputError} where there is no such rule
 */
export async function explainRule(id: string, io: Io): Promise<void> {
  const rule = allRules.get(id);
  if (rule === undefined) {
    const hint = didYouMean(id, allRules.keys()) || ': see `postern lint --rules`';
    throw new InputError([`${quote(id)} is no rule${hint}`]);
  }
  const lines = [`${rule.id} (${rule.level})`, '', `${rule.title}.`, rule.reason, '', rule.source];
  const { examples } = await import('../../lint/rules/examples.js');
  const load = Object.hasOwn(examples, id) ? examples[id as keyof typeof examples] : undefined;
  const cases = await load?.();
  const [bad] = cases?.bad ?? [];
  const [good] = cases?.good ?? [];
  if (bad !== undefined) lines.push('', 'It finds something in', ...indented(bad.statements));
  if (good !== undefined) lines.push('', 'and nothing in', ...indented(good));
  for (const line of lines) writeLine(io.stdout, line);
}

/** A long list is cut: what stands for it is seen in its first lines. */
function indented(statements: readonly object[]): string[] {
  const lines = statements.flatMap((statement) => JSON.stringify(statement, null, 2).split('\n'));
  const shown = lines.slice(0, 40).map((line) => `  ${line}`);
  return lines.length > 40 ? [...shown, '  …'] : shown;
}
