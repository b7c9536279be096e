/** Values for pseudo parameters, and for attributes of resources by `LogicalId.Attribute` (`LogicalId` for `Ref`). */
export type Values = Readonly<Record<string, string>>;

export function pseudoParameters(account: string, region: string, partition: string): Values {
  return {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
}

/** Resolves the intrinsic functions that policies use: Ref, Fn::GetAtt, Fn::Join, Fn::Sub. */
export function resolveIntrinsics(value: unknown, values: Values): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, values));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only as [string, never];
    if (name === 'Ref') return lookUp(argument, values);
    if (name === 'Fn::GetAtt') return lookUp((argument as string[]).join('.'), values);
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolveIntrinsics(part, values)).join(separator);
    }
    if (name === 'Fn::Sub') {
      return (argument as string).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, key: string) =>
        literal === '!' ? `\${${key}}` : lookUp(key, values),
      );
    }
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolveIntrinsics(inner, values)]));
}

function lookUp(key: string, values: Values): string {
  const value = values[key];
  if (value === undefined) throw new Error(`no value for \`${key}\``);
  return value;
}
