import { takesSeveral, trustEntries, useCases, type AnyEntry } from '@postern/core';
import type { Found } from '@postern/detect';
import { parse, parseDocument, type Node } from 'yaml';
import { InputError } from '../errors.js';
import { fromLeft, linesOfProposal, roleKey } from './content.js';
import { addEnvironment, isByEnvironment } from './insert/environment.js';
import { findNode } from './insert/find-node.js';
import { addItem, addMember, withInsertions, type Insertion } from './insert/insert.js';
import { styleOf, type Style } from './insert/style.js';
import { openFile, type OpenedFile } from './open-file.js';
import { keyOfProposal, type NewOption, type NewUseCase, type Proposal } from './proposal.js';
import { ownRoles, proposalsOf } from './propose.js';

/** A step that puts something into a text. */
type InsertionStep = (style: Style, root: Node | null) => Insertion[] | undefined;

/**
 * A `postern.yaml` with a proposal in it. What is there stays as it is written: text comes in, and none is taken out.
 * @returns why it is not added, where it is not
 */
export async function addProposal(
  found: Found,
  file: OpenedFile,
  proposal: Proposal,
): Promise<{ readonly added: OpenedFile } | { readonly left: string }> {
  const steps = stepsFor(found, file, proposal);
  if (typeof steps === 'string') return { left: steps };
  let { text } = file;
  for (const step of steps) {
    const isJson = /^\ufeff?\s*[{[]/.test(text);
    const { contents } = parseDocument(text, { logLevel: 'silent', prettyErrors: false });
    const insertions = step(styleOf(text, isJson), contents);
    if (insertions === undefined) return { left: unclear };
    text = withInsertions(text, insertions);
  }
  const added = await reread(text, file.name);
  const isIn = added !== undefined && keeps(file.value, added.value) && !isLacking(found, added, proposal);
  return isIn ? { added } : { left: unclear };
}

/** Whether a file still has not what a proposal adds. */
export function isLacking(found: Found, { roles }: OpenedFile, proposal: Proposal): boolean {
  const { role, what } = proposal;
  // Which role of the file may be meant was said by the file as it was.
  if (what === 'role') return ownRoles(proposal.pair?.apply ?? role, roles).length === 0;
  return proposalsOf(found, role, roles).some((one) => keyOfProposal(one) === keyOfProposal(proposal));
}

/** Whether a proposal can be added, as far as can be told before it is. */
export function mayAdd(found: Found, file: OpenedFile, proposal: Proposal): boolean {
  return typeof stepsFor(found, file, proposal) !== 'string';
}

const unclear = 'where it belongs in the file is not certain';
const several = 'several places of the file may be meant';
const answered = 'the file has an answer, and none is changed';
const unreviewed = 'it would let code in that nobody has reviewed';

async function reread(text: string, name: string): Promise<OpenedFile | undefined> {
  try {
    return await openFile(text, name);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function stepsFor(found: Found, file: OpenedFile, proposal: Proposal): InsertionStep[] | string {
  if (proposal.what === 'role') {
    const lines = fromLeft(linesOfProposal(found, proposal, file.places));
    const value: unknown = Object.values(parse(lines.join('\n')) as object)[0];
    return [(style, root) => addMember(style, root, 'roles', { key: roleKey(proposal), value: filled(value), lines })];
  }
  return proposal.what === 'useCase' ? useCaseSteps(found, file, proposal) : optionSteps(found, file, proposal);
}

function useCaseSteps(found: Found, file: OpenedFile, proposal: NewUseCase): InsertionStep[] | string {
  const { into } = proposal;
  if (into === undefined) return several;
  const lines = fromLeft(linesOfProposal(found, proposal, file.places));
  const [value] = filled(parse(lines.join('\n'))) as readonly unknown[];
  const path = `${into}.permissions`;
  return [
    (style, root) => {
      const there = findNode(root, path);
      if (there !== undefined && (there.node?.toJSON() ?? null) !== null)
        return addItem(style, root, path, value, lines);
      if (there !== undefined) {
        const [[key, options] = ['', undefined]] = Object.entries(value as object);
        return addMember(style, root, path, { key, value: options, lines: asMember(lines) });
      }
      const block = ['permissions:', ...lines.map((line) => `  ${line}`)];
      return addMember(style, root, into, { key: 'permissions', value: [value], lines: block });
    },
  ];
}

/** The lines of an item of a list as those of a member. */
function asMember(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^(- | {2})/, ''));
}

function optionSteps(found: Found, file: OpenedFile, proposal: NewOption): InsertionStep[] | string {
  const { isOnly, job, lacking, option, path, role } = proposal;
  if (['pullRequests', 'mergeRequests'].includes(option)) return unreviewed;
  if (!isOnly) return several;
  const id = job === undefined ? role.trust.provider : found.jobs[job]!.useCase;
  const entry = [...useCases, ...(trustEntries as readonly AnyEntry[])].find((one) => one.id === id);
  if (entry === undefined) return unclear;
  const isList = takesSeveral(entry.options, option);
  const { contents } = parseDocument(file.text, { logLevel: 'silent', prettyErrors: false });
  const there = findNode(contents, `${path}.${option}`)?.node?.toJSON() as unknown;
  if (there === undefined || there === null) {
    const value = isList ? lacking : lacking[0];
    return [(style, root) => addMember(style, root, path, { key: option, value })];
  }
  if (!isList) return answered;
  if (option === 'environments' && isByEnvironment(there)) {
    const [own] = ownRoles(role, file.roles);
    return own === undefined ? several : lacking.flatMap((name) => addEnvironment(file, own.path, String(name)));
  }
  return lacking.map(
    (one): InsertionStep =>
      (style, root) =>
        addItem(style, root, `${path}.${option}`, one),
  );
}

/** JSON of entries without options says so. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value ?? {};
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, filled(one)]));
}

/** Whether all that was there is there still, and stands where it did. */
function keeps(before: unknown, after: unknown): boolean {
  if (before === null || before === undefined) return true;
  if (Array.isArray(before)) return Array.isArray(after) && before.every((one, place) => keeps(one, after[place]));
  if (typeof before === 'object') {
    if (typeof after !== 'object' || after === null || Array.isArray(after)) return false;
    const now = new Map<string, unknown>(Object.entries(after));
    return Object.entries(before).every(([key, one]) => now.has(key) && keeps(one, now.get(key)));
  }
  if (before === after) return true;
  if (Array.isArray(after)) return keeps(before, after[0]);
  // An id that stood alone has options now.
  return (
    typeof after === 'object' &&
    after !== null &&
    Object.keys(after).length === 1 &&
    Object.hasOwn(after, String(before))
  );
}

/** The value that a proposal adds, for those who read JSON. */
export function valueOf(found: Found, proposal: Proposal, file: OpenedFile): unknown {
  if (proposal.what === 'option' || proposal.what === 'trust') return proposal.value;
  const value: unknown = parse(fromLeft(linesOfProposal(found, proposal, file.places)).join('\n'));
  if (proposal.what === 'role') return filled(Object.values(value as object)[0]);
  return filled(Object.values((value as readonly object[])[0]!)[0]);
}
