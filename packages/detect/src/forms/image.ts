import { cutAt, literal, literalOf, onlyLiteral, type Text, type Value } from '../values/value.js';

/** A container image taken apart. */
export interface Image {
  /** `ecr`, `public` for ECR Public, `other`, or `unknown`. */
  readonly registry: 'ecr' | 'public' | 'other' | 'unknown';
  readonly account: Text | undefined;
  readonly region: Text | undefined;
  readonly repository: Text;
}

/** Names of what holds the registry, or the user, of another vendor. */
const otherVendor =
  /(^|[._$-])(CI_REGISTRY|CI_DEPENDENCY_PROXY|DOCKER_?HUB|DOCKER_?USER|DOCKER_LOGIN|DOCKER_ID|HUB_USER|GHCR|QUAY|GCR|ACR|repository_owner|HARBOR|DIGITALOCEAN)/i;

/** Takes an image's name apart, of which parts may be unknown. */
export function readImage(image: Text): Image {
  const text = withoutScheme(image);
  const cut = cutAt(text, '/');
  const host = cut === undefined ? undefined : cut.before;
  const ecr = cutAt(text, '.dkr.ecr');
  if (ecr !== undefined) {
    const behind = cutAt(ecr.after, '.amazonaws.com');
    const region = behind === undefined ? undefined : dropHead(behind.before);
    const rest = behind === undefined ? undefined : cutAt(behind.after, '/');
    return {
      registry: 'ecr',
      // A plugin's `service:registry/repository` names a service before it.
      account: accountOf(cutAt(ecr.before, ':')?.after ?? ecr.before),
      region,
      repository: rest === undefined ? [{ from: 'the image' }] : withoutTag(rest.after),
    };
  }
  if (host === undefined) {
    const known = typeof text[0] === 'string';
    const registry = known || isOther(text) ? 'other' : 'unknown';
    return { registry, account: undefined, region: undefined, repository: withoutTag(text) };
  }
  const rest = withoutTag(cut!.after);
  const named = literalOf(host);
  if (named !== undefined) {
    const registry = named === 'public.ecr.aws' ? 'public' : 'other';
    return { registry, account: undefined, region: undefined, repository: rest };
  }
  const wholeUnknown = host.every((part) => typeof part !== 'string');
  const registry = isOther(host) || !wholeUnknown ? 'other' : 'unknown';
  return { registry, account: undefined, region: undefined, repository: rest };
}

function isOther(host: Text): boolean {
  return host.some((part) => typeof part !== 'string' && otherVendor.test(part.from));
}

function accountOf(text: Text): Text {
  const known = literalOf(text);
  return known === undefined || /^[0-9]{12}$/.test(known)
    ? text
    : [{ from: `the account that \`${known}\` stands for` }];
}

/** `docker://`, `https://` and the like before an image are no part of its name. */
function withoutScheme(text: Text): Text {
  const cut = cutAt(text, '://');
  return cut === undefined || literalOf(cut.before) === undefined ? text : cut.after;
}

/** The region behind `.dkr.ecr.` or `.dkr.ecr-fips.`. */
function dropHead(text: Text): Text {
  const dot = cutAt(text, '.');
  return dot === undefined ? text : dot.after;
}

function withoutTag(text: Text): Text {
  const digest = cutAt(text, '@')?.before ?? text;
  return cutAt(digest, ':')?.before ?? digest;
}

/** What a part of the images is: a value that may be several images is taken apart one by one. */
export function partOfImage(value: Value, part: 'registry' | 'account' | 'region' | 'repository'): Value {
  const images = value.flatMap((text) => imagesOf(text)).map(readImage);
  if (part === 'registry') return images.flatMap(({ registry }) => literal(registry));
  return images
    .filter(({ registry }) => registry === 'ecr' || registry === 'unknown')
    .flatMap((image) => (image[part] === undefined ? [] : [image[part]]));
}

/** The images of a list, or of what `type=image,name=…,push=true` says. */
function imagesOf(text: Text): Text[] {
  const pieces = splitList(text);
  const named = pieces.flatMap((piece) => {
    const cut = cutAt(piece, '=');
    const name = cut === undefined ? undefined : onlyLiteral([cut.before]);
    return name === 'name' && cut !== undefined ? [cut.after] : [];
  });
  if (named.length > 0) return named;
  return pieces.filter((piece) => typeof piece[0] !== 'string' || !/^(type|push|dest|push-by-digest)=/.test(piece[0]));
}

function splitList(text: Text): Text[] {
  const pieces: Text[number][][] = [[]];
  for (const part of text) {
    if (typeof part !== 'string') {
      pieces.at(-1)!.push(part);
      continue;
    }
    for (const [at, piece] of part.split(/[\s,]+/).entries()) {
      if (at > 0) pieces.push([]);
      if (piece !== '') pieces.at(-1)!.push(piece);
    }
  }
  return pieces.filter((piece) => piece.length > 0);
}
