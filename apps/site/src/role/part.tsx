import type { Format } from '@postern/cli/browser';
import { exampleOptions } from '@postern/cli/browser';
import { loadTrustEntry, trustCatalog } from '@postern/core/catalog';
import type { TrustEntry, UseCase } from '@postern/core';
import { useEffect, useState } from 'preact/hooks';
import type * as role from './role.js';
import { trustChoice, trustOptions, type RoleChoice } from './address.js';
import { canBePair } from './pair.js';

interface RolePartProps {
  readonly useCase: UseCase;
  readonly options: Readonly<Record<string, unknown>>;
  readonly format: { readonly word: string; readonly is: Format };
  readonly choice: RoleChoice | undefined;
  readonly onChange: (choice: RoleChoice | undefined) => void;
}

interface LoadedRoleForm {
  readonly trust: TrustEntry;
  readonly plan: TrustEntry | undefined;
  readonly Role: typeof role.Role;
}

/** Who may assume a role that does the job: once somebody is chosen, the whole role, which is loaded then. */
export function RolePart({ useCase, options, format, choice, onChange }: RolePartProps) {
  const [loaded, setLoaded] = useState<LoadedRoleForm | undefined>();
  const [failed, setFailed] = useState(false);
  const id = choice?.trust;
  const planId = choice?.plan?.trust;

  useEffect(() => {
    if (id === undefined) return;
    let isLate = false;
    setFailed(false);
    const planned = planId === undefined ? undefined : loadTrustEntry(planId);
    Promise.all([loadTrustEntry(id), planned, import('./role.js')]).then(
      ([trust, plan, { Role }]) => {
        if (!isLate && trust !== undefined) setLoaded({ trust, plan, Role });
      },
      () => setFailed(true),
    );
    return () => {
      isLate = true;
    };
  }, [id, planId]);

  const pick = async (next: string) => {
    if (next === '') return onChange(undefined);
    const trust = await loadTrustEntry(next);
    if (trust === undefined) return;
    const { plan, settings = {} } = choice ?? {};
    onChange({ ...trustChoice(trust, exampleOptions(trust)), plan, settings });
  };
  const pickPlan = async (next: string) => {
    if (choice === undefined) return;
    const plan = next === '' ? undefined : await loadTrustEntry(next);
    if (plan === undefined) return onChange({ ...choice, plan });
    // The same as the others at first: that they have to be told apart is said then.
    const given = next === choice.trust ? trustOptions(plan, choice) : exampleOptions(plan);
    onChange({ ...choice, plan: trustChoice(plan, given) });
  };

  const isThere = loaded !== undefined && loaded.trust.id === id && loaded.plan?.id === planId;
  return (
    <section class="whole-role" aria-labelledby="whole-role-title" data-role={id ?? ''}>
      <h2 id="whole-role-title">The whole role</h2>
      <Who says="Who may assume it" value={id} none="nobody yet: the permissions alone" onPick={pick} />
      {choice !== undefined && (canBePair(useCase) || planId !== undefined) ? (
        <Who
          says="Who may plan, in a role of its own"
          value={planId}
          none="the same: plan and apply are not apart"
          onPick={pickPlan}
        />
      ) : null}
      {failed ? <p class="problems">It could not be loaded: choose it once more.</p> : null}
      {isThere && choice !== undefined ? (
        <loaded.Role
          useCase={useCase}
          options={options}
          trust={loaded.trust}
          plan={loaded.plan}
          choice={choice}
          format={format}
          onChange={onChange}
        />
      ) : null}
    </section>
  );
}

interface WhoProps {
  readonly says: string;
  readonly value: string | undefined;
  /** What it says where nobody is chosen. */
  readonly none: string;
  readonly onPick: (id: string) => Promise<void>;
}

function Who({ says, value = '', none, onPick }: WhoProps) {
  return (
    <label class="stack-small">
      <span>{says}</span>
      <select value={value} onChange={(event) => void onPick(event.currentTarget.value)}>
        <option value="">{none}</option>
        {trustCatalog.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
