/** A request that GitHub did not grant, in a sentence without a full stop. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** One repository of GitHub's REST API. */
export interface Api {
  /** @throws {ApiError} where the answer is no success, or none comes */
  send(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<GitHubAnswer>;
}

export interface GitHubAnswer {
  readonly value: unknown;
  /** Whether GitHub says that another page follows. */
  readonly hasNext: boolean;
}

const advice: Readonly<Record<number, string>> = {
  401: 'the token is not taken, give the one of the job',
  403: 'give the job `permissions: pull-requests: write`, or set `comment: false`',
  404: 'the token does not reach the pull request, give the job `permissions: pull-requests: write`, or set `comment: false`',
  410: 'it is gone',
  422: 'it does not take the comment',
  429: 'it is asked too often, run the job again later',
};

/**
 * @param url where the API is, as the runner says it
 * @param wait how long to wait before what may be asked again is, in milliseconds
 */
export function openApi(url: string, token: string, wait = 500): Api {
  const root = url.replace(/\/+$/, '');
  async function ask(method: string, path: string, body: object | undefined): Promise<Response> {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'postern-action',
      'x-github-api-version': '2022-11-28',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const request = { method, headers, signal: AbortSignal.timeout(30_000) };
    try {
      return await fetch(`${root}${path}`, body === undefined ? request : { ...request, body: JSON.stringify(body) });
    } catch (error) {
      const { cause, message } = error as Error;
      const reason = cause instanceof Error && cause.message !== '' ? cause.message : message;
      throw new ApiError(undefined, `GitHub did not answer ${method} ${path}: ${reason}`);
    }
  }
  return {
    async send(method, path, body) {
      // A comment that was written although no answer came would be written twice.
      const tries = method === 'POST' ? 1 : 3;
      for (let attempt = 1; ; attempt += 1) {
        const isLast = attempt === tries;
        try {
          const response = await ask(method, path, body);
          const { ok, status } = response;
          if (ok)
            return {
              value: await readJson(response, method, path),
              hasNext: /rel="next"/.test(response.headers.get('link') ?? ''),
            };
          await response.body?.cancel();
          if (isLast || status < 500) {
            const said =
              advice[status] ??
              (status >= 500 ? 'it has a problem of its own, run the job again later' : 'see its documentation');
            throw new ApiError(status, `GitHub answered ${status} to ${method} ${path}: ${said}`);
          }
        } catch (error) {
          if (isLast || (error as ApiError).status !== undefined) throw error;
        }
        await new Promise((done) => setTimeout(done, wait * attempt));
      }
    },
  };
}

async function readJson(response: Response, method: string, path: string): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    throw new ApiError(
      response.status,
      `GitHub answered ${response.status} to ${method} ${path} with what is no JSON: run the job again`,
    );
  }
}
