import type { RoleLine } from '@postern/cli/browser';
import { Words } from '../tool/reasons.js';
import { settingNames, type RoleSettingTexts } from './address.js';

type SettingName = (typeof settingNames)[number];

interface SettingsProps {
  readonly settings: RoleSettingTexts;
  readonly problems: readonly RoleLine[];
  readonly onChange: (settings: RoleSettingTexts) => void;
}

const fields: Readonly<Record<SettingName, { readonly help: string; readonly placeholder: string }>> = {
  boundary: { help: 'The ARN of one that there is; where it is empty, one is made.', placeholder: '' },
  name: { help: 'What the role is called, and its policies with it.', placeholder: 'ci-role' },
  path: { help: 'Its path.', placeholder: '/' },
  maxSessionDuration: { help: 'How many seconds a session may last: 3600 to 43200.', placeholder: '3600' },
  account: { help: 'The account of the role, and of what its entries do not say.', placeholder: '' },
  region: { help: 'The region of what its entries do not say.', placeholder: '' },
  partition: { help: 'The partition; it follows from the region.', placeholder: '' },
};

/** What of the role itself can be set. */
export function Settings({ settings, problems, onChange }: SettingsProps) {
  const { boundary, ...others } = settings;
  const set = (name: SettingName, text: string) => onChange({ ...settings, [name]: text === '' ? undefined : text });
  const line = (name: SettingName, text: string, change: (text: string) => void) => {
    const id = `role-${name}`;
    const found = problems.filter((problem) => settingOf(problem) === name);
    return (
      <div key={name} class="field" data-option={`role.${name}`}>
        <label for={id}>
          <code>{name}</code>
        </label>
        <input
          id={id}
          type="text"
          value={text}
          placeholder={fields[name].placeholder}
          aria-describedby={`${id}-help ${id}-problems`}
          aria-invalid={found.length > 0}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => change(event.currentTarget.value)}
        />
        <p class="help" id={`${id}-help`}>
          {fields[name].help}
        </p>
        <div id={`${id}-problems`} class="problems" aria-live="polite">
          {found.map(({ message }) => (
            <p key={message}>
              <Words text={message} />
            </p>
          ))}
        </div>
      </div>
    );
  };
  return (
    <section aria-label="The role itself">
      <h3>The role itself</h3>
      {settingNames
        .filter((name) => name !== 'boundary')
        .map((name) => line(name, others[name] ?? '', (text) => set(name, text)))}
      <label class="check">
        <input
          type="checkbox"
          data-boundary
          checked={boundary !== undefined}
          onChange={(event) => set('boundary', event.currentTarget.checked ? 'true' : '')}
        />
        <span>with a permissions boundary</span>
      </label>
      {boundary === undefined
        ? null
        : line('boundary', boundary === 'true' ? '' : boundary, (text) => set('boundary', text === '' ? 'true' : text))}
    </section>
  );
}

/** The setting that a problem is about. */
export function settingOf({ path }: RoleLine): SettingName | undefined {
  const name = path === 'roleName' ? 'name' : path;
  return settingNames.find((one) => one === name);
}
