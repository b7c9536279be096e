import type { Format } from '@postern/cli/browser';
import { visible, type TrustEntry, type UseCase } from '@postern/core';
import { useMemo } from 'preact/hooks';
import { Listing } from '../parts/listing.js';
import { Take } from '../parts/take.js';
import { Words } from '../tool/reasons.js';
import { UnknownLines } from '../tool/unknown-lines.js';
import { unknownIn } from '../tool/unknown.js';
import { trustOptions, type RoleChoice } from './address.js';
import { printParts, roleCommand } from './printed.js';
import { Settings, settingOf } from './settings.js';
import { optionIn, TrustFields } from './trust-fields.js';

interface RoleProps {
  readonly useCase: UseCase;
  readonly options: Readonly<Record<string, unknown>>;
  readonly trust: TrustEntry;
  /** Who may plan, where plan and apply are apart and it is loaded. */
  readonly plan: TrustEntry | undefined;
  readonly choice: RoleChoice;
  readonly format: { readonly word: string; readonly is: Format };
  readonly onChange: (choice: RoleChoice) => void;
}

/** The form of who may assume the role, and beside it the whole role as the command line prints it. */
export function Role({ useCase, options, trust, plan, choice, format: { word, is: format }, onChange }: RoleProps) {
  const { settings } = choice;
  const parts = useMemo(
    () => ({
      useCase,
      options,
      trust: { entry: trust, options: trustOptions(trust, choice) },
      plan: plan && choice.plan && { entry: plan, options: trustOptions(plan, choice.plan) },
      settings,
    }),
    [useCase, options, trust, plan, choice],
  );
  const printed = useMemo(() => printParts(parts, format, word), [parts, format]);
  const { problems, text, sizes, notes } = printed;
  const isWhole = problems.length === 0;
  const isPair = parts.plan !== undefined;
  const fileName = `${(settings.name ?? 'ci-role').replace(/[^\w.-]+/g, '-')}.${format.extension}`;
  const forms = [
    ...(plan && choice.plan
      ? [{ is: 'plan' as const, entry: plan, own: choice.plan, id: 'plan-trust', path: 'plan.trust[0].' }]
      : []),
    { is: 'trust' as const, entry: trust, own: choice, id: 'trust', path: isPair ? 'apply.trust[0].' : 'trust[0].' },
  ];
  const general = problems.filter(
    (problem) =>
      settingOf(problem) === undefined &&
      !forms.some(({ entry, path }) => Object.hasOwn(entry.options, optionIn(problem, path) ?? '')),
  );
  const unknown = forms.flatMap(({ entry, own }) => unknownIn(entry, own.options, { formats: [] }));
  return (
    <div class="role-tool">
      <form class="options" aria-label="Who may assume the role" onSubmit={(event) => event.preventDefault()}>
        {forms.map(({ is, entry, own, id, path }) => (
          <TrustFields
            key={`${id} ${entry.id}`}
            entry={entry}
            choice={own}
            id={id}
            path={path}
            problems={problems}
            title={isPair ? `Who may ${is === 'plan' ? 'plan' : 'apply'}: ${entry.title}` : entry.title}
            onChange={(next) => onChange(is === 'plan' ? { ...choice, plan: next } : { ...choice, ...next })}
          />
        ))}
        <Settings
          settings={settings}
          problems={problems}
          onChange={(next) => onChange({ ...choice, settings: next })}
        />
      </form>
      <div class="policy">
        <div class="problems whole" aria-live="polite">
          <UnknownLines lines={unknown} />
          {general.map(({ line }) => (
            <p key={line}>
              <Words text={line} />
            </p>
          ))}
          {problems.length > general.length ? <p>Some fields are not right yet: there is no role.</p> : null}
        </div>
        <Listing text={isWhole ? text : ''} label={`The whole role, as ${word}`} />
        <Take text={text} copies="Copy the role" file={fileName} isDisabled={!isWhole} />
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
