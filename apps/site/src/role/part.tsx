import type { Format } from '@postern/cli/browser';
import { exampleOptions } from '@postern/cli/browser';
import { loadTrustEntry, trustCatalog } from '@postern/core/catalog';
import type { TrustEntry, UseCase } from '@postern/core';
import { useEffect, useState } from 'preact/hooks';
import type * as role from './role.js';
import { withTrustOptions, type RoleChoice } from './address.js';

interface RolePartProps {
  readonly useCase: UseCase;
  readonly options: Readonly<Record<string, unknown>>;
  readonly format: { readonly word: string; readonly is: Format };
  readonly choice: RoleChoice | undefined;
  readonly onChange: (choice: RoleChoice | undefined) => void;
}

/** Who may assume a role that does the job: once somebody is chosen, the whole role, which is loaded then. */
export function RolePart({ useCase, options, format, choice, onChange }: RolePartProps) {
  const [loaded, setLoaded] = useState<{ readonly trust: TrustEntry; readonly Role: typeof role.Role } | undefined>();
  const [failed, setFailed] = useState(false);
  const id = choice?.trust;

  useEffect(() => {
    if (id === undefined) return;
    let isLate = false;
    setFailed(false);
    Promise.all([loadTrustEntry(id), import('./role.js')]).then(
      ([trust, { Role }]) => {
        if (!isLate && trust !== undefined) setLoaded({ trust, Role });
      },
      () => setFailed(true),
    );
    return () => {
      isLate = true;
    };
  }, [id]);

  const pick = async (next: string) => {
    if (next === '') return onChange(undefined);
    const trust = await loadTrustEntry(next);
    if (trust === undefined) return;
    const begun = { trust: next, options: '', name: choice?.name ?? '', hasBoundary: choice?.hasBoundary ?? false };
    onChange(withTrustOptions(trust, begun, exampleOptions(trust)));
  };

  const isThere = loaded !== undefined && choice !== undefined && loaded.trust.id === choice.trust;
  return (
    <section class="whole-role" aria-labelledby="whole-role-title" data-role={id ?? ''}>
      <h2 id="whole-role-title">The whole role</h2>
      <label class="stack-small">
        <span>Who may assume it</span>
        <select value={id ?? ''} onChange={(event) => void pick(event.currentTarget.value)}>
          <option value="">nobody yet: the permissions alone</option>
          {trustCatalog.map(({ id: one, title }) => (
            <option key={one} value={one}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {failed ? <p class="problems">It could not be loaded: choose it once more.</p> : null}
      {isThere ? (
        <loaded.Role
          useCase={useCase}
          options={options}
          trust={loaded.trust}
          choice={choice}
          format={format}
          onChange={onChange}
        />
      ) : null}
    </section>
  );
}
