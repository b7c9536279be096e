import * as core from '@postern/core';
import type { ComponentChildren } from 'preact';
import type { JSONOutput } from 'typedoc';
import type { Findable } from '../../search/found.js';
import { plainComment, type WhereIs } from './comment.js';
import { commentOf, Item, kinds } from './item.js';
import type { ApiModule } from './module.js';

/** A page of the reference, as it stands in the documentation. */
export interface ApiPage {
  readonly path: string;
  readonly title: string;
  readonly body: ComponentChildren;
  readonly finds: readonly Findable[];
}

const sorts = [
  ['Functions', kinds.function],
  ['Classes', kinds.class],
  ['Interfaces', kinds.interface],
  ['Types', kinds.alias],
  ['Constants', kinds.variable],
] as const;

/** Use cases and trust entries by the name of their export; their pages say all of them. */
const entries = new Map(
  Object.entries(core as Readonly<Record<string, unknown>>).flatMap(([name, value]) => {
    const entry = [...core.useCases, ...core.trustEntries].find((one) => one === value);
    return entry === undefined ? [] : [[name, entry] as const];
  }),
);

/** One page for each address of a package that is a module. */
export function apiPages(modules: readonly ApiModule[]): ApiPage[] {
  const fileOf = (address: string) => `${address.replace('@postern/', '').replaceAll('/', '-')}.html`;
  const placesOf = ({ address, exports }: ApiModule) =>
    exports
      .filter(({ name }) => !entries.has(name))
      .map(({ name }): [string, string] => [name, `${fileOf(address)}#${name}`]);
  // Of a name that several have, that of the address itself is meant, and else the first.
  const everywhere = new Map(modules.toReversed().flatMap(placesOf));
  return modules.map((module) => {
    const own = new Map(placesOf(module));
    const whereIs: WhereIs = (name) => own.get(name) ?? everywhere.get(name);
    const path = `docs/api/${fileOf(module.address)}`;
    const items = module.exports.filter(({ name }) => !entries.has(name));
    return {
      path,
      title: module.address,
      body: (
        <article class="prose reference-api">
          <Reference module={module} items={items} whereIs={whereIs} />
        </article>
      ),
      finds: [
        { path, is: 'API', title: module.address, about: module.description },
        ...items.map(
          (item): Findable => ({
            path: `${path}#${item.name}`,
            is: 'API',
            title: item.name,
            about: `${module.address}: ${firstSentence(plainComment(commentOf(item)))}`,
          }),
        ),
      ],
    };
  });
}

interface ReferenceProps {
  readonly module: ApiModule;
  readonly items: readonly JSONOutput.DeclarationReflection[];
  readonly whereIs: WhereIs;
}

function Reference({ module, items, whereIs }: ReferenceProps) {
  const own = module.exports.filter(({ name }) => entries.has(name));
  return (
    <>
      <h1>
        <code>{module.address}</code>
      </h1>
      <p class="lead">{module.description}</p>
      {sorts.map(([title, kind]) => {
        const some = items.filter((item) => item.kind === kind);
        if (some.length === 0) return null;
        return (
          <section key={title} aria-label={title}>
            <h2 id={title.toLowerCase()}>{title}</h2>
            <p class="names">
              {some.map(({ name }) => (
                <a key={name} href={`#${name}`}>
                  {name}
                </a>
              ))}
            </p>
            {some.map((item) => (
              <Item key={item.id} item={item} whereIs={whereIs} />
            ))}
          </section>
        );
      })}
      {own.length === 0 ? null : (
        <section aria-label="Entries">
          <h2 id="entries">Entries</h2>
          <p>The use cases and trust entries, as values; what stands in each is on its page.</p>
          <ul class="members">
            {own.map(({ name }) => {
              const entry = entries.get(name)!;
              const folder = core.isTrustEntry(entry) ? 'trust' : 'jobs';
              return (
                <li key={name}>
                  <code>{name}</code>: <a href={`../../${folder}/${entry.id}.html`}>{entry.title}</a>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0] ?? text;
}
