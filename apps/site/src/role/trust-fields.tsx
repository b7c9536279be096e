import { exampleOptions, type RoleLine } from '@postern/cli/browser';
import { kindOf, type TrustEntry } from '@postern/core';
import { useState } from 'preact/hooks';
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

/** The options of who may assume a role; those that few need are opened when they are wanted, set or wrong. */
export function TrustFields({ entry, choice, id, path, problems, title, onChange }: TrustFieldsProps) {
  const given = trustOptions(entry, choice);
  const [isOpen, setOpen] = useState(false);
  const problemsOf = (option: string) => problems.filter((problem) => optionIn(problem, path) === option);
  const example = exampleOptions(entry);
  const names = Object.keys(entry.options);
  const usual = names.filter((name) => example[name] !== undefined || isUsual(entry, name));
  const others = names.filter((name) => !usual.includes(name));
  const field = (option: string) => (
    <Field
      key={option}
      name={option}
      id={`${id}-${option}`}
      option={entry.options[option]!}
      value={given[option]}
      isExample={false}
      problems={problemsOf(option).map((problem) => ({ ...problem, path: problem.path.slice(path.length) }))}
      onChange={(value) => onChange(trustChoice(entry, { ...given, [option]: value }))}
    />
  );
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p class="help">
        <a href={`../trust/${entry.id}.html#${choice.options}`}>The trust policy alone</a>, with the reason for every
        line.
      </p>
      {usual.map(field)}
      {others.length === 0 ? null : (
        <details
          open={isOpen || others.some((name) => given[name] !== undefined || problemsOf(name).length > 0)}
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary>Other options ({others.length})</summary>
          <div class="others">{others.map(field)}</div>
        </details>
      )}
    </section>
  );
}

/** Whether an option is needed, or says which jobs get in. */
function isUsual({ options }: TrustEntry, name: string): boolean {
  const option = options[name]!;
  return kindOf(option).isRequired(option) || ('scoped' in option && option.scoped);
}

/** The option that a problem is about, where it is about one of these. */
export function optionIn({ path }: RoleLine, where: string): string | undefined {
  return path.startsWith(where) ? /^[^[]+/.exec(path.slice(where.length))?.[0] : undefined;
}
