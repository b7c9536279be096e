import type { RoleLine } from '@postern/cli/browser';
import type { TrustEntry } from '@postern/core';
import { Field } from '../tool/field.js';
import { trustChoice, trustOptions, type TrustChoice } from './address.js';

interface TrustFieldsProps {
  readonly entry: TrustEntry;
  readonly choice: TrustChoice;
  /** What tells its fields from others, such as `trust`. */
  readonly id: string;
  /** Where its problems stand, such as `plan.trust[0].`. */
  readonly path: string;
  readonly problems: readonly RoleLine[];
  readonly title: string;
  readonly onChange: (choice: TrustChoice) => void;
}

/** The options of who may assume a role. */
export function TrustFields({ entry, choice, id, path, problems, title, onChange }: TrustFieldsProps) {
  const given = trustOptions(entry, choice);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p class="help">
        <a href={`../trust/${entry.id}.html#${choice.options}`}>The trust policy alone</a>, with the reason for every
        line.
      </p>
      {Object.entries(entry.options).map(([option, declared]) => (
        <Field
          key={option}
          name={option}
          id={`${id}-${option}`}
          option={declared}
          value={given[option]}
          isExample={false}
          problems={problems
            .filter((problem) => optionIn(problem, path) === option)
            .map((problem) => ({ ...problem, path: problem.path.slice(path.length) }))}
          onChange={(value) => onChange(trustChoice(entry, { ...given, [option]: value }))}
        />
      ))}
    </section>
  );
}

/** The option that a problem is about, where it is about one of these. */
export function optionIn({ path }: RoleLine, where: string): string | undefined {
  return path.startsWith(where) ? /^[^[]+/.exec(path.slice(where.length))?.[0] : undefined;
}
