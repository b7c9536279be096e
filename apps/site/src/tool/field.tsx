import { hasForm, kindOf, type Option, type Problem, type Setting } from '@postern/core';
import { useState } from 'preact/hooks';
import { Words } from './reasons.js';

interface FieldProps {
  readonly name: string;
  /** What tells it from other fields of the page; its name where nothing is said. */
  readonly id?: string;
  readonly option: Option;
  readonly value: unknown;
  /** Whether the value is the example that the page began with. */
  readonly isExample: boolean;
  readonly problems: readonly Problem[];
  readonly onChange: (value: unknown) => void;
}

/** The field of an option, made of what its kind says of it. */
export function Field({ name, id = name, option, value, isExample, problems, onChange }: FieldProps) {
  const kind = kindOf(option);
  // A line that is still empty is no item yet, and stays where it is written.
  const [draft, setDraft] = useState('');
  const settings = kind.settings(option);
  const helpId = `${id}-help`;
  const problemId = `${id}-problems`;
  const described = `${helpId} ${problemId}`;
  const title = (
    <>
      <code>{name}</code> {kind.isRequired(option) ? <span class="needed">required</span> : null}
      {isExample ? <span class="example">example</span> : null}
    </>
  );
  const below = (
    <>
      <p class="help" id={helpId}>
        {option.help}
        {hasForm(option) ? ` Takes: ${option.form.title}${kind.several ? ', one a line' : ''}.` : ''}
      </p>
      <div id={problemId} class="problems" aria-live="polite">
        {problems.map(({ path, message }) => (
          <p key={path + message}>
            {indexOf(path)}
            <Words text={message} />
          </p>
        ))}
      </div>
    </>
  );
  const invalid = problems.length > 0;
  if (settings.length > 0) {
    const chosen = value ?? kind.defaultOf(option);
    return (
      <fieldset class="field" data-option={id} aria-describedby={described}>
        <legend>{title}</legend>
        <div class="settings">
          {settings.map((setting) => (
            <label key={String(setting)}>
              <input
                type="radio"
                name={id}
                value={String(setting)}
                checked={chosen === setting}
                onChange={() => onChange(setting === kind.defaultOf(option) ? undefined : setting)}
              />
              <span>{settingText(setting)}</span>
            </label>
          ))}
        </div>
        {below}
      </fieldset>
    );
  }
  const shared = {
    id,
    'aria-describedby': described,
    'aria-invalid': invalid,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
  } as const;
  const texts = Array.isArray(value) ? (value as readonly unknown[]).map(String) : [];
  return (
    <div class="field" data-option={id}>
      <label for={id}>{title}</label>
      {kind.several ? (
        <textarea
          {...shared}
          rows={Math.min(8, Math.max(2, texts.length + 1))}
          value={itemsOf(draft).join('\n') === texts.join('\n') ? draft : texts.join('\n')}
          placeholder={placeholderOf(option)}
          onInput={(event) => {
            setDraft(event.currentTarget.value);
            onChange(kind.ofItems(itemsOf(event.currentTarget.value)));
          }}
        />
      ) : (
        <input
          {...shared}
          type="text"
          value={value === undefined || value === null ? '' : String(value)}
          placeholder={String(kind.defaultOf(option) ?? placeholderOf(option))}
          onInput={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        />
      )}
      {below}
    </div>
  );
}

function placeholderOf(option: Option): string {
  return hasForm(option) ? option.form.example : '';
}

/** The items of a list, one a line; the last line may still be written. */
function itemsOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function settingText(setting: Setting): string {
  if (setting === null) return 'not set';
  return setting === true ? 'yes' : setting === false ? 'no' : setting;
}

/** Which item of a list a problem is about, counted as people do. */
function indexOf(path: string): string {
  const index = /\[(\d+)\]$/.exec(path)?.[1];
  return index === undefined ? '' : `line ${Number(index) + 1}: `;
}
