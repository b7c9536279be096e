import { exampleCommand, exampleOptions, formats, kebabCase, proofText } from '@postern/cli/browser';
import {
  compareWithVendor,
  describeEvidence,
  describePredicate,
  describeVendorComparison,
  isTrustEntry,
  isWhen,
  kindOf,
  listPermissions,
  respell,
  type AnyEntry,
  type Predicate,
  type RecordedProof,
  type TrustEntry,
  type UseCase,
} from '@postern/core';
import type { ComponentChildren } from 'preact';
import type { Page } from '../page.js';
import { findablesOf } from '../search/findables.js';
import { printChoice } from '../tool/printed.js';
import { EvidenceLink, Words } from '../tool/reasons.js';
import { Tool } from '../tool/tool.js';
import { examplePicture } from './pictures.js';

/** The page of a use case or a trust entry: its form with the policy of the example, and all that is known of it. */
export async function entryPage(entry: AnyEntry, proof: RecordedProof | undefined): Promise<Page> {
  const json = await formats['json']!();
  const example = exampleOptions(entry);
  const isTrust = isTrustEntry(entry);
  const path = `${isTrust ? 'trust' : 'jobs'}/${entry.id}.html`;
  return {
    path,
    title: entry.title,
    description: `${entry.summary} The least-privilege IAM policy, each line with its reason.`,
    script: 'entry',
    finds: findablesOf(entry, path),
    body: (
      <>
        <header class="intro">
          <p class="id">
            <code>{entry.id}</code>
          </p>
          <h1>{entry.title}</h1>
          <p class="lead">{entry.summary}</p>
          <p class="quiet">{entry.excludes}</p>
        </header>
        <div data-entry={entry.id} data-sort={isTrust ? 'trust' : 'permissions'}>
          <Tool
            entry={entry}
            example={example}
            json={json}
            printed={printChoice(entry, example, json)}
            picture={examplePicture(entry)}
          />
        </div>
        <article class="reference prose">
          {isTrust ? <TrustReference entry={entry} /> : <JobReference entry={entry} proof={proof} />}
          <Evidences entry={entry} />
          <Proof entry={entry} proof={proof} />
          <h2>Example</h2>
          <pre>
            <code>
              {exampleCommand(entry)
                .split(/( +)/)
                .map((word, index) => (index % 2 === 1 ? word : <span class="word">{word}</span>))}
            </code>
          </pre>
        </article>
      </>
    ),
  };
}

function whenOf(entry: AnyEntry, predicate: Predicate | undefined): ComponentChildren {
  return predicate === undefined ? 'always' : <Words text={respell(describePredicate(predicate), entry, {})} />;
}

function Table({ head, rows }: { readonly head: readonly string[]; readonly rows: readonly ComponentChildren[][] }) {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={`Table: ${head.join(', ')}`}>
      <table>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Options({ entry }: { readonly entry: AnyEntry }) {
  const rows = Object.entries(entry.options).map(([name, option]) => {
    const { takes, otherwise } = kindOf(option).row(option);
    return [
      <>
        <code>{name}</code>
        <br />
        <code class="flag">--{kebabCase(name)}</code>
      </>,
      <Words text={takes} />,
      <Words text={otherwise} />,
      option.help,
    ];
  });
  return (
    <>
      <h2 id="options">Options</h2>
      <Table head={['option', 'value', 'default', 'meaning']} rows={rows} />
    </>
  );
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            <Words text={text} />
          </li>
        ))}
      </ul>
    </>
  );
}

function noteTexts(entry: AnyEntry): string[] {
  return (entry.notes ?? []).map(({ if: when, say }) =>
    when === undefined ? say : `${say} (when ${describePredicate(when)})`,
  );
}

function JobReference({ entry, proof }: { readonly entry: UseCase; readonly proof: RecordedProof | undefined }) {
  const permissions = listPermissions(entry);
  const conditions = entry.statements.flatMap(({ sid, conditions = [] }) =>
    conditions.map(({ key, reason, when }) => [<code>{key}</code>, reason, whenOf(entry, when), sid]),
  );
  const comparisons = (entry.vendors ?? []).map((policy) => ({
    policy,
    words: describeVendorComparison(compareWithVendor(entry, policy)),
  }));
  return (
    <>
      <h2 id="permissions">Permissions</h2>
      <p>Every action that some options bring, and what a run showed of it.</p>
      <Table
        head={['action', 'why', 'when', 'shown by a run', 'statement']}
        rows={permissions.map(({ action, reason, when, sid }) => [
          <code>{action}</code>,
          reason,
          whenOf(entry, when),
          proofText(proof, `${sid}: ${action}`),
          sid,
        ])}
      />
      {conditions.length === 0 ? null : (
        <>
          <h2 id="conditions">Conditions</h2>
          <Table head={['condition key', 'why', 'when', 'statement']} rows={conditions} />
        </>
      )}
      <Options entry={entry} />
      <Texts title="Wider than the job needs" texts={entry.widenings ?? []} />
      <Texts title="What to know besides" texts={noteTexts(entry)} />
      {entry.escalation === undefined ? null : (
        <>
          <h2>If its credentials are stolen</h2>
          <p>
            <Words text={entry.escalation} />
          </p>
        </>
      )}
      {comparisons.length === 0 ? null : (
        <>
          <h2>What vendors publish</h2>
          <ul>
            {comparisons.map(({ policy, words }) => (
              <li key={policy.url}>
                <a href={policy.url} rel="noopener noreferrer">
                  {policy.title}
                </a>
                , read on {policy.readOn}: <Words text={words} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function TrustReference({ entry }: { readonly entry: TrustEntry }) {
  const rows = entry.statements.flatMap(({ sid, principal, actions, conditions = [], when }) => [
    [<code>{principal.type}</code>, principal.reason, whenOf(entry, when), sid],
    ...Object.entries(actions).map(([action, reason]) => [
      <code>{action}</code>,
      isWhen(reason) ? reason.then : reason,
      whenOf(entry, isWhen(reason) ? reason.when : when),
      sid,
    ]),
    ...conditions.map((condition) => [
      <code>{condition.key}</code>,
      condition.reason,
      whenOf(entry, condition.when ?? when),
      sid,
    ]),
  ]);
  return (
    <>
      <h2 id="permissions">Who gets in</h2>
      <Table head={['part', 'why', 'when', 'statement']} rows={rows} />
      <Options entry={entry} />
      <Texts title="What cannot be kept out" texts={entry.widenings ?? []} />
      <Texts title="What to know besides" texts={noteTexts(entry)} />
      {entry.ownClaims === undefined ? null : (
        <>
          <h2>The claims of your own token</h2>
          <pre tabIndex={0}>
            <code>{entry.ownClaims.code}</code>
          </pre>
          {entry.ownClaims.say === undefined ? null : (
            <p>
              <Words text={entry.ownClaims.say} />
            </p>
          )}
        </>
      )}
    </>
  );
}

function Evidences({ entry }: { readonly entry: AnyEntry }) {
  const found = new Map(
    entry.statements.flatMap(({ evidence }) => evidence.map((one) => [describeEvidence(one), one] as const)),
  );
  const sidsOf = (words: string) =>
    entry.statements.filter(({ evidence }) => evidence.some((one) => describeEvidence(one) === words));
  return (
    <>
      <h2 id="evidence">Evidence</h2>
      <ul>
        {[...found].map(([words, one]) => (
          <li key={words}>
            <EvidenceLink evidence={one} /> (
            {sidsOf(words)
              .map(({ sid }) => sid)
              .join(', ')}
            )
          </li>
        ))}
      </ul>
    </>
  );
}

function Proof({ entry, proof }: { readonly entry: AnyEntry; readonly proof: RecordedProof | undefined }) {
  if (proof === undefined)
    return (
      <>
        <h2 id="proof">Proof</h2>
        <p>None yet: everything here is a claim from its sources.</p>
      </>
    );
  const { counts, tools, scenarios, hostile } = proof;
  const ran = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  return (
    <>
      <h2 id="proof">Proof</h2>
      <p>
        {ran.length === 0
          ? 'No client can call in the place of these callers: the cases are decided by the policy alone.'
          : `Recorded in a sandbox on loopback, not in an account, with ${ran.join(', ')}.`}{' '}
        Each part was taken out once: <strong>{counts.proved} proved</strong>, {counts.replayed} replayed,{' '}
        {counts.tolerated} tolerated, {counts.claimed} claimed; they are never added up. {hostile.length} hostile{' '}
        {isTrustEntry(entry) ? 'tokens and calls' : 'requests'} are refused.
      </p>
      <ul>
        {scenarios.map(({ name, title, cells }) => (
          <li key={name}>
            <code>{name}</code>, in {cells.length} {isTrustEntry(entry) ? 'samples' : 'option cells'}: {title}
          </li>
        ))}
      </ul>
      <details>
        <summary>Every part</summary>
        <Table
          head={['part', 'without it']}
          rows={proof.atoms.map(({ atom }) => [<code>{atom}</code>, proofText(proof, atom)])}
        />
      </details>
    </>
  );
}
