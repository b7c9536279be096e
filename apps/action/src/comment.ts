import { createHash } from 'node:crypto';
import { ApiError, type Api } from './github.js';

/** GitHub takes 65,536 characters. */
export const mostInComment = 60_000;
const perPage = 100;
const mostPages = 100;

/** What a comment of ours begins with; it is of the folder and the commands, so that two steps keep theirs apart. */
export function markerOf(path: string, commands: readonly string[]): string {
  const key = createHash('sha256')
    .update(JSON.stringify([path, commands]))
    .digest('hex')
    .slice(0, 16);
  return `<!-- postern ${key} -->`;
}

/**
 * Writes the comment of a pull request, or changes the one that is there.
 * @param author who writes with the token: a comment of somebody else is never taken for ours, whatever it begins with
 * @returns the address of the comment
 * @throws {ApiError} where GitHub does not take it
 */
export async function putComment(
  api: Api,
  {
    author,
    body,
    marker,
    number,
    repository,
  }: { author: string; body: string; marker: string; number: number; repository: string },
): Promise<string> {
  const comments = `/repos/${repository}/issues/${number}/comments`;
  const text = { body: `${marker}\n${body}` };
  const found = await findOwn(api, comments, marker, author);
  if (found !== undefined) {
    try {
      return addressOf((await api.send('PATCH', `/repos/${repository}/issues/comments/${found}`, text)).value);
    } catch (error) {
      // Somebody has deleted it meanwhile.
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }
  }
  return addressOf((await api.send('POST', comments, text)).value);
}

async function findOwn(api: Api, path: string, marker: string, author: string): Promise<number | undefined> {
  for (let page = 1; page <= mostPages; page += 1) {
    const { hasNext, value } = await api.send('GET', `${path}?per_page=${perPage}&page=${page}`);
    if (!Array.isArray(value))
      throw new ApiError(undefined, 'GitHub answered with no list of comments: run the job again');
    for (const one of value as unknown[]) {
      if (isOwn(one, marker, author)) return one.id;
    }
    if (!hasNext && value.length < perPage) return undefined;
  }
  throw new ApiError(
    undefined,
    `the pull request has more than ${mostPages * perPage} comments: set \`comment: false\``,
  );
}

function isOwn(value: unknown, marker: string, author: string): value is { readonly id: number } {
  if (typeof value !== 'object' || value === null) return false;
  const { body, id, user } = value as { body?: unknown; id?: unknown; user?: { login?: unknown } | null };
  return (
    typeof id === 'number' &&
    Number.isSafeInteger(id) &&
    user?.login === author &&
    typeof body === 'string' &&
    (body === marker || body.startsWith(`${marker}\n`) || body.startsWith(`${marker}\r\n`))
  );
}

function addressOf(value: unknown): string {
  const url = typeof value === 'object' && value !== null ? (value as { html_url?: unknown }).html_url : undefined;
  return typeof url === 'string' ? url : '';
}
