import { flagsText, formats, placeNames, type Format } from '@postern/cli/browser';
import {
  isTrustEntry,
  kindOf,
  visible,
  type AnyEntry,
  type PolicyDocument,
  type Problem,
  type RecordedProof,
} from '@postern/core';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { trustCatalog } from '@postern/core/catalog';
import { copy, download } from '../parts/copy.js';
import { roleAddress, roleIn, type RoleChoice } from '../role/address.js';
import { RolePart } from '../role/part.js';
import { fromAddress, toAddress, type ChosenOptions } from './address.js';
import { Code } from './code.js';
import { Field } from './field.js';
import { given } from './given.js';
import { dropAddress, keepAddress, writeAddress } from './kept-address.js';
import { readLines } from './lines.js';
import { Picture } from './picture.js';
import { printChoice, type Divide, type Printed } from './printed.js';
import { reasonOf } from './reason.js';
import { Reasons, Words } from './reasons.js';
import type { ShownPicture } from './shown.js';
import { UnknownLines } from './unknown-lines.js';
import { nothingUnknown, unknownIn } from './unknown.js';

interface ToolProps {
  readonly entry: AnyEntry;
  /** The options of the example that the page begins with. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly json: Format;
  /** The example, printed as JSON. */
  readonly printed: Printed;
  /** The picture of the example. */
  readonly picture: ShownPicture;
  /** Loads what runs showed of the entry. */
  readonly loadProof?: (() => Promise<RecordedProof | undefined>) | undefined;
}

/** The form of an entry and, beside it, its policy and why each line of it is there. */
export function Tool({ entry, example, json, printed: first, picture, loadProof }: ToolProps) {
  const [choice, setChoice] = useState<ChosenOptions>({ options: example, format: 'json' });
  const [loaded, setLoaded] = useState<{ readonly word: string; readonly is: Format }>({ word: 'json', is: json });
  const [selected, setSelected] = useState<number | undefined>();
  const [change, setChange] = useState('');
  const [said, setSaid] = useState('');
  const [isSplit, setSplit] = useState(false);
  const [divider, setDivider] = useState<Divide | undefined>();
  const [role, setRole] = useState<RoleChoice | undefined>();
  // What the address says and the policy does not have, until something is chosen.
  const [unknown, setUnknown] = useState(nothingUnknown);

  // A format that comes late is not shown where another was chosen meanwhile.
  const wanted = useRef('json');
  const show = (word: string) => {
    wanted.current = word;
    void formats[word]?.().then((is) => {
      if (wanted.current === word) setLoaded({ word, is });
    });
  };

  useEffect(() => {
    const read = () => {
      dropAddress();
      setSplit(!isTrustEntry(entry) && new URLSearchParams(location.hash.slice(1)).get('split') === 'true');
      const words = Object.keys(formats);
      if (isTrustEntry(entry)) setUnknown(unknownIn(entry, location.hash, { formats: words }));
      else {
        const trusts = trustCatalog.map(({ id }) => id);
        setRole(roleIn(location.hash, trusts));
        setUnknown(unknownIn(entry, location.hash, { formats: words, trusts }));
      }
      const found = fromAddress(entry, location.hash, words);
      if (found === undefined) return;
      setChoice(found);
      show(found.format);
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, [entry]);

  const divide = isSplit ? divider : undefined;
  const printed = useMemo(
    () =>
      choice.options === example && loaded.is === json && divide === undefined
        ? first
        : printChoice(entry, choice.options, loaded.is, divide),
    [entry, choice.options, loaded.is, divide],
  );
  // Dividing needs the comparison, which is loaded when it is asked for.
  useEffect(() => {
    if (isSplit) void import('./divided.js').then(({ divide: loadedDivide }) => setDivider(() => loadedDivide));
  }, [isSplit]);
  const lines = useMemo(() => readLines(printed.text, printed.document), [printed]);
  const isWhole = printed.problems.length === 0;
  const line = selected === undefined ? undefined : lines[selected];
  const place = line?.place;

  const before = useRef<PolicyDocument | undefined>(undefined);
  useEffect(() => {
    if (!isWhole) return;
    const last = before.current;
    before.current = printed.document;
    if (last === undefined || JSON.stringify(last) === JSON.stringify(printed.document)) return;
    const timer = setTimeout(() => {
      void import('./change.js').then(({ describeChange }) => setChange(describeChange(last, printed.document)));
    }, 150);
    return () => clearTimeout(timer);
  }, [printed, isWhole]);

  const choose = (next: ChosenOptions) => {
    setChoice(next);
    setUnknown(nothingUnknown);
    setSaid('');
    keepAddress(addressOf(entry, next, isSplit, role));
    if (next.format === wanted.current) return;
    show(next.format);
    writeAddress();
  };
  const chooseRole = (next: RoleChoice | undefined) => {
    setRole(next);
    setUnknown(nothingUnknown);
    keepAddress(addressOf(entry, choice, isSplit, next));
  };
  const set = (name: string, value: unknown) => choose({ ...choice, options: { ...choice.options, [name]: value } });

  const groups = groupsOf(entry);
  const general = printed.problems.filter(({ path }) => !Object.hasOwn(entry.options, nameIn(path)));
  const fileName = `${entry.id}.${loaded.is.extension}`;
  const command = `postern ${isTrustEntry(entry) ? 'trust' : 'generate'} ${entry.id} ${flagsText(entry, given(choice.options))}${isSplit ? ' --split' : ''}${choice.format === 'json' ? '' : ` --format ${choice.format}`}`;
  const { characters, most, words } = printed.size;

  return (
    <>
      <div class="tool">
        <form class="options" aria-label="Options" onSubmit={(event) => event.preventDefault()}>
          {groups.map(({ title, names }) => (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              {names.map((name) => (
                <Field
                  key={name}
                  name={name}
                  option={entry.options[name]!}
                  value={choice.options[name]}
                  isExample={
                    example[name] !== undefined &&
                    JSON.stringify(example[name]) === JSON.stringify(choice.options[name])
                  }
                  problems={printed.problems.filter(({ path }) => nameIn(path) === name)}
                  onChange={(value) => set(name, value)}
                />
              ))}
            </section>
          ))}
        </form>
        <section class="policy" aria-label="Policy">
          <div class="formats" role="group" aria-label="Format">
            {Object.keys(formats).map((word) => (
              <button
                key={word}
                type="button"
                aria-pressed={choice.format === word}
                onClick={() => choose({ ...choice, format: word })}
              >
                {word}
              </button>
            ))}
          </div>
          <Problems unknown={unknown} general={general} all={printed.problems.length} />
          <Code
            lines={lines}
            selected={selected}
            onSelect={setSelected}
            isStale={!isWhole}
            format={loaded.word}
            label={`${entry.title}, as ${loaded.word}`}
          />
          <div class="actions">
            <button type="button" disabled={!isWhole} onClick={() => void copy(printed.text).then(setSaid)}>
              Copy
            </button>
            <button type="button" disabled={!isWhole} onClick={() => download(fileName, printed.text)}>
              Download {fileName}
            </button>
            <button
              type="button"
              onClick={() => {
                writeAddress();
                void copy(location.href).then(setSaid);
              }}
            >
              Copy link
            </button>
            <span role="status">{said}</span>
          </div>
          <div class="size">
            <meter min={0} max={most} value={Math.min(characters, most)} high={most * 0.9} aria-label={words} />
            <span>{words}</span>
          </div>
          {isSplit || (!isTrustEntry(entry) && characters > most) ? (
            <label class="check">
              <input
                type="checkbox"
                data-split
                checked={isSplit}
                onChange={(event) => {
                  setSplit(event.currentTarget.checked);
                  keepAddress(addressOf(entry, choice, event.currentTarget.checked, role));
                }}
              />
              <span>split over several policies</span>
            </label>
          ) : null}
          <p class="change" aria-live="polite">
            <Words text={change} />
          </p>
          {printed.notes.length === 0 ? null : (
            <ul class="notes">
              {printed.notes.map((note) => (
                <li key={note}>
                  <Words text={note} />
                </li>
              ))}
            </ul>
          )}
          <p class="command">
            On the command line: <code>{visible(command)}</code>
          </p>
        </section>
        <Reasons
          explain={place && ((proof) => reasonOf(entry, printed.explanations, place, proof))}
          loadProof={loadProof}
        />
        <Picture entry={entry} options={given(choice.options)} printed={printed} first={picture} />
      </div>
      {isTrustEntry(entry) ? null : (
        <RolePart useCase={entry} options={choice.options} format={loaded} choice={role} onChange={chooseRole} />
      )}
    </>
  );
}

interface ProblemsProps {
  readonly unknown: readonly string[];
  readonly general: readonly Problem[];
  readonly all: number;
}

function Problems({ unknown, general, all }: ProblemsProps) {
  return (
    <div class="problems whole" aria-live="polite">
      <UnknownLines lines={unknown} />
      {general.map(({ message }) => (
        <p key={message}>
          <Words text={message} />
        </p>
      ))}
      {all > general.length ? (
        <p>{all === 1 ? 'One field is' : 'Some fields are'} not right yet: this is not the policy.</p>
      ) : null}
    </div>
  );
}

/** The options of the job, and the role beside it, as they stand behind the `#` of the address. */
function addressOf(entry: AnyEntry, choice: ChosenOptions, isSplit: boolean, role: RoleChoice | undefined): string {
  return [toAddress(entry, choice), isSplit ? 'split=true' : '', roleAddress(role)]
    .filter((part) => part !== '')
    .join('&');
}

/** The option that a problem is about, without the number of an item. */
function nameIn(path: string): string {
  return path.replace(/\[\d+\]$/, '');
}

/** The options in the order of the entry, what must be given first. */
function groupsOf({ options }: AnyEntry): { readonly title: string; readonly names: readonly string[] }[] {
  const names = Object.keys(options);
  const required = names.filter((name) => !placeNames.has(name) && kindOf(options[name]!).isRequired(options[name]!));
  const others = names.filter((name) => !placeNames.has(name) && !required.includes(name));
  const groups = [
    { title: 'Needed', names: required },
    { title: 'Options', names: others },
    { title: 'Place and scope', names: names.filter((name) => placeNames.has(name)) },
  ];
  return groups.filter((group) => group.names.length > 0);
}
