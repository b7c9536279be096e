import { attributes, block, indented, type Hcl } from './hcl.js';

/** The characters of a text that mean something in a regular expression of RE2; the wildcards of IAM are put in afterwards. */
const special = '/[.+^$(){}|\\\\[\\\\]\\\\\\\\]/';

/**
 * Locals that say which statements of two lists of trust policies may let the same caller in: `local.shared_ways`, in words.
 * What is left out is shown to be apart: other principals, or a key of which both ask values that no text has in common. A
 * test that may hold without a value, or of anything but text, shows nothing.
 * @param own the expression of a trust policy as JSON
 * @param others that of a list of them
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function exclusionLocals(own: Hcl, others: Hcl): string {
  const principals =
    'try(flatten([for type, names in s.Principal : [for name in flatten([names]) : { type = type, name = name, account = try(regex("^(?:arn:[^:]*:(?:iam|sts)::)?([0-9]{12})(?::|$)", name)[0], null), one = can(regex("^arn:[^:]*:iam::[0-9]{12}:(role|user)/", name)) }]]), [{ type = "*", name = "*", account = null, one = false }])';
  const pattern = `"(?s)^\${replace(replace(replace(v, "${special}", "\\\\$0"), "?", "."), "*", ".*")}$"`;
  const value = (isLike: boolean) =>
    isLike
      ? `{ text = tostring(v), literal = length(regexall("[*?]", v)) == 0, open = length(regexall("\\\\$\\\\{", v)) > 0, head = regex("^[^*?]*", v), tail = regex("[^*?]*$", v), pattern = ${pattern} }`
      : '{ text = tostring(v), literal = true, open = length(regexall("\\\\$\\\\{", v)) > 0, head = v, tail = v, pattern = "" }';
  const tests = (isLike: boolean, operators: string) =>
    `[for operator, keys in try(s.Condition, {}) : [for key, values in keys : { key = lower(key), values = [for v in flatten([values]) : ${value(isLike)}] }] if contains([${operators}], lower(operator))]`;
  const ways = (statements: Hcl) => [
    `[for i, s in ${statements} : {`,
    ...indented([
      'name       = lookup(s, "Sid", "statement ${i + 1}")',
      `principals = ${principals}`,
      `tests      = flatten([${tests(false, '"stringequals"')}, ${tests(true, '"stringlike", "arnlike", "arnequals"')}])`,
    ]),
    '} if s.Effect == "Allow"]',
  ];
  const list = (name: string, lines: readonly string[]) => [`${name} = ${lines[0]}`, ...lines.slice(1)];
  return block('locals', [
    '# Who each statement lets in: its principals, and what it asks of the texts of a request.',
    ...list('own_ways', ways(`jsondecode(${own}).Statement`)),
    ...list('other_ways', ways(`flatten([for json in ${others} : jsondecode(json).Statement])`)),
    '',
    '# Which of them may let the same caller in: all but those with other principals, and with texts that cannot be the same.',
    ...attributes([['shared_ways', 'flatten([']]),
    '  for one in local.own_ways : [',
    '    for two in local.other_ways : "${one.name} and ${two.name}"',
    '    if !alltrue(flatten([for a in one.principals : [for b in two.principals :',
    '      a.name != "*" && b.name != "*" && (a.type != b.type || a.name != b.name && (a.type != "AWS" || a.one && b.one || try(a.account != b.account && length(a.account) == length(b.account), false)))',
    '    ]])) &&',
    '    !anytrue(flatten([for a in one.tests : [for b in two.tests : a.key == b.key && alltrue(flatten([for v in a.values : [for w in b.values :',
    '      !v.open && !w.open && (v.literal && w.literal ? v.text != w.text : v.literal ? !can(regex(w.pattern, v.text)) : w.literal ? !can(regex(v.pattern, w.text)) : !(startswith(v.head, w.head) || startswith(w.head, v.head)) || !(endswith(v.tail, w.tail) || endswith(w.tail, v.tail)))',
    '    ]]))]]))',
    '  ]',
    '])',
  ]);
}
