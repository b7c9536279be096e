/**
 * The condition keys of tags in a request, written `Key` and `Value` or `key` and `value`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export function tagContext(tags: unknown): Record<string, string | string[]> {
  const list = (Array.isArray(tags) ? tags : []) as Record<string, unknown>[];
  const pairs = list.map((tag): [string, string] => [
    String(tag['Key'] ?? tag['key'] ?? ''),
    String(tag['Value'] ?? tag['value'] ?? ''),
  ]);
  if (pairs.length === 0) return {};
  return {
    'aws:TagKeys': pairs.map(([key]) => key),
    ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  };
}
