import { createReadStream } from 'node:fs';
import { quote, readJson } from '@postern/core';
import { failureOf } from '../errors.js';
import type { Io } from '../io.js';
import { isObject, textOf } from '../policies/json-values.js';
import { linesOf } from '../policies/lines.js';
import { isInShard, type Shard } from '../policies/shard.js';
import { arnForm } from './account.js';

/** The details of one account, or why they could not be read. */
export interface ReadAccount {
  /** The file, and the line of JSON Lines. */
  readonly at: string;
  readonly file: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

/** The details of one account that are read whole: tens of megabytes are many. */
const largest = 256 * 1024 * 1024;

/**
 * Reads the details of accounts, as `aws iam get-account-authorization-details` prints them, from files and `-` for standard
 * input: one account in a file as JSON or YAML, or one on each line. No more than one of them is in memory.
 * @param shard which of the accounts are read at all
 */
export async function* readAccounts(files: readonly string[], shard: Shard, io: Io): AsyncGenerator<ReadAccount> {
  let count = 0;
  const isMine = () => isInShard(count++, shard);
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file;
    try {
      const stream = file === '-' ? io.stdin : (createReadStream(file) as AsyncIterable<Uint8Array>);
      yield* accountsIn(stream, name, isMine);
    } catch (error) {
      yield { at: name, file: name, error: `it cannot be read: ${reasonOf(error)}` };
    }
  }
}

async function* accountsIn(
  stream: AsyncIterable<Uint8Array | string>,
  file: string,
  isMine: () => boolean,
): AsyncGenerator<ReadAccount> {
  let isLines = false;
  let [first, size] = [0, 0];
  let texts: string[] = [];
  for await (const line of linesOf(stream, largest)) {
    const text = line.number === 1 ? line.text.replace(/^\ufeff/, '') : line.text;
    if (text.trim() === '' && !line.tooLong) continue;
    const at = `${file}:${line.number}`;
    if (isLines) {
      if (isMine()) yield line.tooLong ? { at, file, error: tooLong } : fromText(text, at, file);
      continue;
    }
    if (line.tooLong) size = Infinity;
    // A line that holds all of an account says that there is one on each.
    if (/^\s*\{.*\}\s*$/s.test(text) && isAccount(readJson(text, 'asWritten').value)) {
      isLines = true;
      for (const [index, other] of texts.entries()) {
        if (isMine()) yield fromText(other, `${file}:${first + index}`, file);
      }
      texts = [];
      if (isMine()) yield fromText(text, at, file);
      continue;
    }
    if (texts.length === 0) first = line.number;
    size += text.length;
    if (size <= largest) texts.push(text);
    else texts.length = 1;
  }
  if (isLines || !isMine()) return;
  if (size > largest) yield { at: file, file, error: tooLong };
  else if (texts.length === 0) yield { at: file, file, error: `it is empty: ${next}` };
  else yield await fromWhole(texts.join('\n'), file);
}

const next = 'give what `aws iam get-account-authorization-details` prints';
const tooLong = `the account is larger than ${largest / 2 ** 20} MiB: leave users and groups out with \`--filter\``;

function fromText(text: string, at: string, file: string): ReadAccount {
  try {
    const { problems, value } = readJson(text, 'asWritten');
    if (problems.length > 0) return { at, file, error: problems.map(({ message }) => message).join('; ') };
    return fromValue(value, at, file);
  } catch (error) {
    return { at, file, error: failureOf(error) };
  }
}

async function fromWhole(text: string, file: string): Promise<ReadAccount> {
  if (/^\s*[{["]/.test(text)) return fromText(text, file, file);
  const { readTemplateYaml } = await import('../printing/yaml.js');
  try {
    return fromValue(readTemplateYaml(text), file, file);
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    return { at: file, file, error: `neither JSON nor YAML (${reason.replace(/[:.]\s*$/, '')}): ${next}` };
  }
}

function fromValue(value: unknown, at: string, file: string): ReadAccount {
  if (!isAccount(value)) return { at, file, error: `these are no details of an account: ${next}` };
  if (value['IsTruncated'] === true)
    return { at, file, error: 'the details are one page of several (`IsTruncated`): give all pages in one' };
  const wrong = lists.filter((list) => value[list] !== undefined && !Array.isArray(value[list]));
  if (wrong.length > 0)
    return { at, file, error: `${wrong.map((list) => quote(list)).join(', ')} should be a list: ${next}` };
  const { RoleDetailList: roles } = value;
  if (!Array.isArray(roles))
    return { at, file, error: `${quote('RoleDetailList')} is missing, so its roles are not known: ${next}` };
  const index = roles.findIndex((role) => !isNamed(role));
  if (index < 0) return { at, file, details: value };
  const name = quote(`RoleDetailList[${index}]`);
  return { at, file, error: `${name} has no name and ARN of a role (\`RoleName\`, \`Arn\`): ${next}` };
}

function isNamed(role: unknown): boolean {
  return isObject(role) && textOf(role['RoleName']) !== '' && arnForm.test(textOf(role['Arn']));
}

const lists = ['RoleDetailList', 'Policies', 'UserDetailList', 'GroupDetailList'] as const;

/** Whether a value is what AWS answers: with some of its lists. */
function isAccount(value: unknown): value is Record<string, unknown> {
  return isObject(value) && lists.some((list) => Object.hasOwn(value, list));
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file, check the path';
  if (code === 'EISDIR') return 'it is a directory, name files in it';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied, check its mode';
  return message;
}
