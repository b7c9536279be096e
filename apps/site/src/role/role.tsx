import type { Format, RoleLine } from '@postern/cli/browser';
import { visible, type TrustEntry, type UseCase } from '@postern/core';
import { useMemo, useState } from 'preact/hooks';
import { copy, download } from '../parts/copy.js';
import { Listing } from '../parts/listing.js';
import { Field } from '../tool/field.js';
import { Words } from '../tool/reasons.js';
import { unknownIn } from '../tool/unknown.js';
import { trustOptions, withTrustOptions, type RoleChoice } from './address.js';
import { printParts, roleCommand } from './printed.js';

interface RoleProps {
  readonly useCase: UseCase;
  readonly options: Readonly<Record<string, unknown>>;
  readonly trust: TrustEntry;
  readonly choice: RoleChoice;
  readonly format: { readonly word: string; readonly is: Format };
  readonly onChange: (choice: RoleChoice) => void;
}

/** The form of who may assume the role, and beside it the whole role as the command line prints it. */
export function Role({ useCase, options, trust, choice, format: { word, is: format }, onChange }: RoleProps) {
  const [said, setSaid] = useState('');
  const given = useMemo(() => trustOptions(trust, choice), [trust, choice]);
  const { name, hasBoundary } = choice;
  const parts = { useCase, options, trust, trustOptions: given, name, hasBoundary };
  const printed = useMemo(
    () => printParts(parts, format, word),
    [useCase, options, trust, given, name, hasBoundary, format],
  );
  const { problems, text, sizes, notes } = printed;
  const isWhole = problems.length === 0;
  const fileName = `${name === '' ? 'ci-role' : name.replace(/[^\w.-]+/g, '-')}.${format.extension}`;
  const set = (option: string, value: unknown) =>
    onChange(withTrustOptions(trust, choice, { ...given, [option]: value }));
  return (
    <div class="role-tool">
      <form class="options" aria-label="Who may assume the role" onSubmit={(event) => event.preventDefault()}>
        <section aria-label={trust.title}>
          <h3>{trust.title}</h3>
          <p class="help">
            <a href={`../trust/${trust.id}.html#${choice.options}`}>The trust policy alone</a>, with the reason for
            every line.
          </p>
          {Object.entries(trust.options).map(([option, declared]) => (
            <Field
              key={option}
              name={option}
              id={`trust-${option}`}
              option={declared}
              value={given[option]}
              isExample={false}
              problems={ofField(problems, option)}
              onChange={(value) => set(option, value)}
            />
          ))}
        </section>
        <section aria-label="The role itself">
          <h3>The role itself</h3>
          <div class="field" data-option="role.name">
            <label for="role-name">
              <code>name</code>
            </label>
            <input
              id="role-name"
              type="text"
              value={name}
              placeholder="ci-role"
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => onChange({ ...choice, name: event.currentTarget.value })}
            />
            <p class="help">What the role is called, and its policies with it.</p>
          </div>
          <label class="check">
            <input
              type="checkbox"
              checked={hasBoundary}
              onChange={(event) => onChange({ ...choice, hasBoundary: event.currentTarget.checked })}
            />
            <span>with a permissions boundary</span>
          </label>
        </section>
      </form>
      <div class="policy">
        <div class="problems whole" aria-live="polite">
          {unknownIn(trust, choice.options, { formats: [] }).map((line) => (
            <p key={line} data-unknown>
              <Words text={line} />
            </p>
          ))}
          {problems
            .filter((problem) => fieldOf(problem, trust) === undefined)
            .map(({ line }) => (
              <p key={line}>
                <Words text={line} />
              </p>
            ))}
          {problems.some((problem) => fieldOf(problem, trust) !== undefined) ? (
            <p>Some fields are not right yet: there is no role.</p>
          ) : null}
        </div>
        <Listing text={isWhole ? text : ''} label={`The whole role, as ${word}`} />
        <div class="actions">
          <button type="button" disabled={!isWhole} onClick={() => void copy(text).then(setSaid)}>
            Copy the role
          </button>
          <button type="button" disabled={!isWhole} onClick={() => download(fileName, text)}>
            Download {fileName}
          </button>
          <span role="status">{said}</span>
        </div>
        <ul class="notes">
          {[...sizes, ...notes].map((line) => (
            <li key={line}>
              <Words text={line} />
            </li>
          ))}
        </ul>
        <p class="command">
          On the command line: <code>{visible(roleCommand(parts, word))}</code>
        </p>
      </div>
    </div>
  );
}

/** The field of the form that a problem is about. */
function fieldOf({ path }: RoleLine, { options }: TrustEntry): string | undefined {
  const name = /^trust\[0\]\.([^[]+)/.exec(path)?.[1];
  return name !== undefined && Object.hasOwn(options, name) ? name : undefined;
}

/** The problems of a field, as it shows them. */
function ofField(problems: readonly RoleLine[], option: string): RoleLine[] {
  return problems
    .filter(({ path }) => /^trust\[0\]\.([^[]+)/.exec(path)?.[1] === option)
    .map((problem) => ({ ...problem, path: problem.path.replace('trust[0].', '') }));
}
