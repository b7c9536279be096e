import { catalog, loadUseCase } from '@postern/core/catalog';
import { quote, type Problem, type UseCase } from '@postern/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { asker } from '../parts/ask.js';
import { formats } from '@postern/cli/browser';
import { fromAddress, toAddress } from '../tool/address.js';
import { Field } from '../tool/field.js';
import { Words } from '../tool/reasons.js';
import { given } from '../tool/given.js';
import { UnknownLines } from '../tool/unknown-lines.js';
import { nothingUnknown, unknownIn } from '../tool/unknown.js';
import type { CheckAnswer, CheckQuestion } from './answer.js';
import { Propose } from './propose.js';
import { Fits, Told } from './told.js';
import { Lint } from './lint.js';

/** Longer texts are for the command line. */
const largest = 1024 * 1024;
const tooLong = 'it is longer than a million characters: the command line reads files of up to 256 MiB';

const ask = asker<CheckQuestion & { readonly root: string }, CheckAnswer>(
  () => new Worker(new URL('./work.ts', import.meta.url), { type: 'module' }),
);

type OptionValues = Readonly<Record<string, unknown>>;

interface Addressed {
  readonly useCase: UseCase | undefined;
  readonly options: OptionValues;
  /** Sentences on what the address says besides. */
  readonly unknown: readonly string[];
}

/** What stands behind the `#` of the address: a job with options. */
async function fromHash(hash: string): Promise<Addressed> {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const id = parts.get('use-case');
  parts.delete('use-case');
  const useCase = catalog.some((one) => one.id === id) ? await loadUseCase(id ?? '') : undefined;
  if (useCase === undefined) {
    const unknown = id === null ? [] : [`In the address: ${quote(id)} is no use case: choose the job here`];
    return { useCase, options: {}, unknown };
  }
  const words = Object.keys(formats);
  return {
    useCase,
    options: fromAddress(useCase, hash, words)?.options ?? {},
    unknown: unknownIn(useCase, parts.toString(), { formats: words }),
  };
}

/** A policy, held against a job and looked at by the linter. */
export function Check() {
  const [text, setText] = useState('');
  const [file, setFile] = useState('policy.json');
  const [name, setName] = useState<string | undefined>();
  const [useCase, setUseCase] = useState<UseCase | undefined>();
  const [options, setOptions] = useState<OptionValues>({});
  const [answer, setAnswer] = useState<CheckAnswer | undefined>();
  const [failed, setFailed] = useState('');
  const [isWaiting, setWaiting] = useState(false);
  const [propose, setPropose] = useState<CheckQuestion['propose']>();
  const [unknown, setUnknown] = useState(nothingUnknown);
  const wanted = useRef('');

  useEffect(() => {
    const read = () =>
      void fromHash(location.hash).then((found) => {
        setUnknown(found.unknown);
        if (found.useCase === undefined) return;
        wanted.current = found.useCase.id;
        setUseCase(found.useCase);
        setOptions(found.options);
      });
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);

  useEffect(() => {
    setFailed('');
    if (text.trim() === '') {
      setAnswer(undefined);
      setWaiting(false);
      return;
    }
    if (text.length > largest) {
      setAnswer(undefined);
      setWaiting(false);
      setFailed(tooLong);
      return;
    }
    setWaiting(true);
    const root = new URL(document.body.dataset['root'] ?? '', location.href).href.replace(/[^/]*$/, '');
    let isLatest = true;
    const timer = setTimeout(() => {
      ask({ text, file, name, useCase: useCase?.id, options: given(options), propose, root }, (asked) => {
        if (!isLatest) return;
        setWaiting(false);
        if ('failed' in asked) {
          setAnswer(undefined);
          setFailed(asked.failed);
        } else setAnswer(asked.answer);
      });
    }, 250);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [text, file, name, useCase, options, propose]);

  const choose = (next: UseCase | undefined, more: OptionValues) => {
    setUseCase(next);
    setOptions(more);
    setUnknown(nothingUnknown);
    const address = next === undefined ? '' : toAddress(next, { options: more, format: 'json' });
    const hash = next === undefined ? '' : `#use-case=${next.id}${address === '' ? '' : `&${address}`}`;
    history.replaceState(null, '', `${location.pathname}${hash}`);
  };
  const pick = (id: string, more: OptionValues = {}) => {
    wanted.current = id;
    if (id === '') choose(undefined, {});
    else
      void loadUseCase(id).then((found) => {
        if (wanted.current === id) choose(found, more);
      });
  };
  const paste = (next: string, called = 'policy.json') => {
    setText(next);
    setFile(called);
    setName(undefined);
  };

  return (
    <div class="checking">
      <div class="stack-small of-policy">
        <label for="policy">The policy</label>
        <textarea
          id="policy"
          rows={18}
          spellcheck={false}
          value={text}
          placeholder="JSON, a template in YAML, account details, a plan as JSON"
          onInput={(event) => paste(event.currentTarget.value)}
        />
        <label class="file">
          <span>Read a file</span>
          <input
            type="file"
            accept=".json,.yaml,.yml,application/json"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen === undefined) return;
              void chosen
                .slice(0, largest + 1)
                .text()
                .then((read) => paste(read, chosen.name));
            }}
          />
        </label>
        {answer === undefined || answer.names.length === 0 ? null : (
          <label class="stack-small">
            <span>Which policy of the file</span>
            <select value={name ?? ''} onChange={(event) => setName(event.currentTarget.value || undefined)}>
              <option value="">not chosen</option>
              <option value="*">all together</option>
              {answer.names.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div class="stack-small of-job">
        <label for="use-case">The job that it is for</label>
        <select id="use-case" value={useCase?.id ?? ''} onChange={(event) => pick(event.currentTarget.value)}>
          <option value="">guess from the policy</option>
          {catalog.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <div class="problems" aria-live="polite">
          <UnknownLines lines={unknown} />
        </div>
        {useCase === undefined ? (
          <p class="quiet small">Without a job, those that fit the policy best are named.</p>
        ) : (
          <Options
            key={useCase.id}
            useCase={useCase}
            options={options}
            problems={answer?.ofOptions ?? []}
            onChange={(next) => choose(useCase, next)}
          />
        )}
      </div>
      <section class="result stack" aria-label="What was found">
        <div aria-live="polite" class="stack-small">
          <Said answer={answer} failed={failed} isWaiting={isWaiting} isEmpty={text.trim() === ''} />
        </div>
        {answer === undefined ? null : (
          <>
            {answer.fits === undefined ? null : <Fits fits={answer.fits} onPick={pick} />}
            {answer.told === undefined ? null : (
              <Told
                told={answer.told}
                onTake={answer.guessed === undefined ? undefined : () => choose(useCase, answer.guessed ?? {})}
              />
            )}
            {answer.told === undefined || answer.verdict === undefined ? null : (
              <Propose file={file} propose={propose} proposal={answer.proposal} onPropose={setPropose} />
            )}
            {answer.lint === undefined ? null : (
              <Lint lint={answer.lint} lines={answer.lines} reference={answer.reference} />
            )}
          </>
        )}
      </section>
    </div>
  );
}

interface OptionsProps {
  readonly useCase: UseCase;
  readonly options: OptionValues;
  readonly problems: readonly Problem[];
  readonly onChange: (options: OptionValues) => void;
}

/** The form of a job; on a small page it is opened when it is wanted. */
function Options({ useCase, options, problems, onChange }: OptionsProps) {
  return (
    <details open={matchMedia('(min-width: 64rem)').matches || problems.length > 0}>
      <summary>Options</summary>
      <form class="options of-check" aria-label="Options" onSubmit={(event) => event.preventDefault()}>
        <p class="quiet small">Where none are given, they are guessed from the policy, and shown.</p>
        {Object.entries(useCase.options).map(([name, option]) => (
          <Field
            key={name}
            name={name}
            option={option}
            value={options[name]}
            isExample={false}
            problems={problems.filter(({ path }) => path.replace(/\[\d+\]$/, '') === name)}
            onChange={(value) => onChange({ ...options, [name]: value })}
          />
        ))}
      </form>
    </details>
  );
}

interface SaidProps {
  readonly answer: CheckAnswer | undefined;
  readonly failed: string;
  readonly isWaiting: boolean;
  readonly isEmpty: boolean;
}

/** How it went, in a few lines: what screen readers say. */
function Said({ answer, failed, isWaiting, isEmpty }: SaidProps) {
  if (isEmpty)
    return (
      <p class="quiet">Paste a policy: what it lacks, what it allows besides and what is wrong with it stands here.</p>
    );
  if (failed !== '')
    return (
      <p class="problems">
        <Words text={failed} />
      </p>
    );
  if (answer === undefined) return <p class="quiet">Looking …</p>;
  const { problems, ofOptions, verdict, told, notes, lint } = answer;
  return (
    <>
      {told === undefined ? null : (
        <p class="lead" data-verdict>
          <Words text={verdict ?? told.fits ?? ''} />
        </p>
      )}
      <div class="problems">
        {problems.map((line) => (
          <p key={line}>
            <Words text={line} />
          </p>
        ))}
        {ofOptions.length > 0 ? <p>Some fields are not right yet: nothing was checked.</p> : null}
      </div>
      {lint === undefined ? (
        <p class="problems">AWS's service reference could not be loaded: the linter did not look.</p>
      ) : null}
      {notes.map((line) => (
        <p key={line} class="quiet small">
          <Words text={`note: ${line}`} />
        </p>
      ))}
      <p class="quiet small">{isWaiting ? 'Looking …' : ''}</p>
    </>
  );
}
