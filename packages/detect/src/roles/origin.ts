/** Where the repository itself is kept, as options of the trust entry of its host. */
export interface TrustOrigin {
  readonly provider: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Hosts whose name no configuration of SSH stands in for, with what their paths say. */
const hosts: Readonly<Record<string, (path: readonly string[]) => TrustOrigin | undefined>> = {
  'github.com': ([owner, repository, ...more]) =>
    owner === undefined || repository === undefined || more.length > 0
      ? undefined
      : { provider: 'github-actions', options: { owner, repository } },
  'gitlab.com': (path) =>
    path.length < 2 ? undefined : { provider: 'gitlab', options: { projectPath: path.join('/') } },
};

const forms = [
  /^(?:https?|ssh|git):\/\/(?:[^/@\s]*@)?([\w.-]+)(?::\d+)?\/([^\s?#]+)$/,
  /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([^\s?#]+)$/,
];

/**
 * Reads the address of a repository's remote: `git@github.com:acme/shop.git`, `https://gitlab.com/acme/team/shop`.
 * @returns undefined where it is none of the hosts whose trust entry names the repository
 */
export function readOrigin(address: string): TrustOrigin | undefined {
  const [, host, path] = forms.map((form) => form.exec(address)).find((match) => match !== null) ?? [];
  if (host === undefined || path === undefined) return undefined;
  const name = host.toLowerCase();
  const parts = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '')
    .split('/');
  if (!Object.hasOwn(hosts, name) || parts.some((part) => !/^[\w.-]+$/.test(part))) return undefined;
  return hosts[name]!(parts);
}
