/** Where a resource is. */
export interface ResourcePlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const slot = /\$\{([^}]*)\}/g;

/** A form of the service reference, such as `arn:${Partition}:s3:::${BucketName}`, as a pattern, in one place or anywhere. */
export function patternOfForm(form: string, place?: ResourcePlace): string {
  return form.replace(slot, (_, name: string) => {
    // Nothing that AWS names is empty.
    if (place === undefined) return '?*';
    if (name === 'Partition') return place.partition;
    if (name === 'Region') return place.region;
    return name === 'Account' ? place.account : '?*';
  });
}

/**
 * The forms of an action's resources, the likeliest first: the type that the action's own name has in it (`instance` for
 * `RunInstances`), and access points, which stand for other resources, last.
 */
export function sortForms(forms: readonly string[], action: string): string[] {
  const name = action.toLowerCase();
  const rank = (form: string): number => {
    const type = (/^(?:[^:]*:){5}\/?([a-z-]+)[/:]/.exec(form)?.[1] ?? '').replaceAll('-', '');
    if (type !== '' && name.includes(type)) return 0;
    return /access-?point/i.test(form) ? 2 : 1;
  };
  return forms.toSorted((one, other) => rank(one) - rank(other));
}

/** The place that a resource pattern fixes, and what is meant for the parts that it leaves open. */
export function placeOfPattern(pattern: string | undefined, place: ResourcePlace): ResourcePlace {
  const [, partition, , region, account] = pattern?.split(':') ?? [];
  const fixed = (part: string | undefined, otherwise: string) =>
    part === undefined || part === '' || /[*?$]/.test(part) ? otherwise : part;
  return {
    partition: fixed(partition, place.partition),
    region: fixed(region, place.region),
    account: fixed(account, place.account),
  };
}

/** What AWS's identifiers look like, by the end of the name that the reference has for them. */
const examples: readonly (readonly [RegExp, string])[] = [
  [/^KeyId$/, '1234abcd-12ab-34cd-56ef-1234567890ab'],
  [/^BucketName$/, 'example-bucket'],
  [/^(ObjectName|KeyName)$/, 'example-object'],
  [/^InstanceId$/, 'i-0123456789abcdef0'],
  [/^(SecurityGroupId)$/, 'sg-0123456789abcdef0'],
  [/^SubnetId$/, 'subnet-0123456789abcdef0'],
  [/^VpcId$/, 'vpc-0123456789abcdef0'],
  [/^VolumeId$/, 'vol-0123456789abcdef0'],
  [/^ImageId$/, 'ami-0123456789abcdef0'],
  [/^SnapshotId$/, 'snap-0123456789abcdef0'],
  [/^NetworkInterfaceId$/, 'eni-0123456789abcdef0'],
  [/^(TaskId|ContainerInstanceId)$/, '1dc5c17a422b4dc4b493371970c6c4d6'],
  [/Version$/, '1'],
  [/(Name|Path|Id)$/i, 'example'],
];

/** Longer resources are not looked at. */
const longest = 300;

/** What fills the slots of a form in a resource; undefined where the resource is not of that form. */
function slotsOf(resource: string, form: string): string[] | undefined {
  if (resource.length > longest) return undefined;
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const source = form.split(/(\$\{[^}]*\})/).map((piece) => {
    const name = /^\$\{(.*)\}$/.exec(piece)?.[1];
    if (name === undefined) return literal(piece);
    if (['Partition', 'Region', 'Account'].includes(name)) return '([^:]+)';
    return name === 'BucketName' ? '([^:/]+)' : '(.+?)';
  });
  return new RegExp(`^${source.join('')}$`, 's').exec(resource)?.slice(1);
}

/** Whether a resource is of a form, each part of the ARN by itself. */
export function isOfForm(resource: string, form: string): boolean {
  return slotsOf(resource, form) !== undefined;
}

/** The resource with names in the place of letters that were only filled in. */
export function nameResource(resource: string, form: string): string {
  const values = slotsOf(resource, form);
  if (values === undefined) return resource;
  let index = 0;
  return form.replace(slot, (_, name: string) => {
    const value = values[index++]!;
    const example = examples.find(([pattern]) => pattern.test(name))?.[1];
    if (/^[w-z]{1,2}$/.test(value) && example !== undefined) return example;
    // A pattern such as `acme-*` was filled with nothing.
    return /[-._/]$/.test(value) ? `${value}example` : value;
  });
}
