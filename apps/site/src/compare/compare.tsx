import { compare, decide, parse, quote, visible, type DocumentSource, type Witness } from '@postern/core';
import { useMemo, useState } from 'preact/hooks';
import { Words } from '../tool/reasons.js';

/** Texts that are larger are no policies. */
const largest = 1024 * 1024;

/** Two policies, what the second allows more and less, and a request that both decide. */
export function Compare() {
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const [action, setAction] = useState('');
  const [resource, setResource] = useState('');
  const answer = useMemo(() => compareTexts(before, after), [before, after]);
  const decided = useMemo(
    () => (action === '' ? [] : [before, after].map((text) => decideText(text, action, resource))),
    [before, after, action, resource],
  );
  return (
    <div class="stack">
      <div class="two">
        <Box id="before" title="The policy before" value={before} onChange={setBefore} />
        <Box id="after" title="The policy after" value={after} onChange={setAfter} />
      </div>
      <section class="answer" aria-live="polite" aria-label="How the second stands to the first">
        {answer.map((line) => (
          <p key={line}>
            <Words text={line} />
          </p>
        ))}
      </section>
      <section class="stack" aria-labelledby="request-title">
        <h2 id="request-title">A request, decided by both</h2>
        <p class="quiet">
          It brings no condition keys, so that a condition that asks for one is decided as AWS does where the key is
          missing. Whether AWS has an action of that name is not looked at.
        </p>
        <div class="two">
          <label class="stack-small">
            <span>Action</span>
            <input
              type="text"
              value={action}
              placeholder="s3:GetObject"
              spellcheck={false}
              onInput={(event) => setAction(event.currentTarget.value)}
            />
          </label>
          <label class="stack-small">
            <span>Resource</span>
            <input
              type="text"
              value={resource}
              placeholder="arn:aws:s3:::acme-state/app"
              spellcheck={false}
              onInput={(event) => setResource(event.currentTarget.value)}
            />
          </label>
        </div>
        <div class="two answer" aria-live="polite">
          {decided.map((line, index) => (
            <p key={index}>
              {index === 0 ? 'Before: ' : 'After: '}
              <Words text={line} />
            </p>
          ))}
        </div>
      </section>
    </div>
  );
}

interface BoxProps {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function Box({ id, title, value, onChange }: BoxProps) {
  return (
    <div class="stack-small">
      <label for={id}>{title}</label>
      <textarea
        id={id}
        rows={16}
        value={value}
        spellcheck={false}
        placeholder="JSON"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <label class="file">
        <span>Read a file</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined)
              void file
                .slice(0, largest + 1)
                .text()
                .then(onChange);
          }}
        />
      </label>
    </div>
  );
}

/** How the second stands to the first, in sentences. */
function compareTexts(before: string, after: string): string[] {
  if (before.trim() === '' || after.trim() === '') return ['Paste two policies as JSON: the answer stands here.'];
  const problems = [
    ...problemsOf(before).map((problem) => `first: ${problem}`),
    ...problemsOf(after).map((problem) => `second: ${problem}`),
  ];
  if (problems.length > 0) return problems;
  const { relation, gained, lost, reason } = compare(before, after);
  const gain = gained === null ? [] : [`Only the second allows, for example: ${describe(gained)}.`];
  const loss = lost === null ? [] : [`Only the first allows, for example: ${describe(lost)}.`];
  switch (relation) {
    case 'equal':
      return ['Both allow the same requests.'];
    case 'wider':
      return ['The second allows more, and all that the first allows.', ...gain];
    case 'narrower':
      return ['The second allows less, and nothing that the first does not allow.', ...loss];
    case 'incomparable':
      return ['Each allows what the other does not.', ...gain, ...loss];
    case 'unknown':
      return [`It is not known how they stand to each other: ${visible(reason ?? '')}.`, ...gain, ...loss];
  }
}

function problemsOf(source: DocumentSource): string[] {
  if (typeof source === 'string' && source.length > largest)
    return ['it is longer than a million characters, which no policy is'];
  const { document, problems } = parse(source);
  if (document !== null) return [];
  return problems.map(({ path, message }) => visible(path === '' ? message : `${path}: ${message}`));
}

function describe({ action, resource, context }: Witness): string {
  const where = resource === undefined || resource === '*' ? '' : ` on ${quote(resource)}`;
  const keys = Object.entries(context).map(([key, value]) => `${quote(key)} = ${[value].flat().map(quote).join(', ')}`);
  return `${quote(action)}${where}${keys.length === 0 ? '' : ` with ${keys.join(' and ')}`}`;
}

/** What a policy says of a request, and which statements decided. */
function decideText(text: string, action: string, resource: string): string {
  if (text.trim() === '') return 'no policy yet';
  const [problem] = problemsOf(text);
  if (problem !== undefined) return problem;
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action))
    return `${quote(action)} is no action: write it as \`service:Action\``;
  try {
    const { decision, statements } = decide(text, { action, resource: resource === '' ? '*' : resource });
    const by = statements.map(({ statement, sid }) => (sid === undefined ? `statement ${statement + 1}` : quote(sid)));
    const on = resource === '' ? ' on `*`, since no resource is given' : '';
    const without = decision === 'allowed' ? ', since it needs no permission' : ', no statement allows it';
    return `${decision}${on}${by.length === 0 ? without : `, by ${by.join(', ')}`}`;
  } catch (error) {
    return error instanceof Error ? visible(error.message) : 'it cannot be decided';
  }
}
