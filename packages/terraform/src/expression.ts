import {
  endingPattern,
  hasForm,
  isResourceForm,
  type Option,
  type Predicate,
  type ResourceForm,
  type Slot,
  type Template,
  type Entry,
} from '@postern/core';
import { escaped, listOf, quoted, snakeCase, type Hcl } from './hcl.js';

/** A predicate as an HCL condition that no null can break: `&&` and `||` evaluate both sides in HCL. */
export function condition(predicate: Predicate, useCase: Entry, nested = false): Hcl {
  if ('is' in predicate) {
    const name = `var.${snakeCase(predicate.is)}`;
    const values = predicate.values.map((value) => (typeof value === 'boolean' ? String(value) : quoted(value)));
    return values.length === 1 ? `${name} == ${values[0]}` : `contains(${listOf(values)}, ${name})`;
  }
  if ('given' in predicate) return `length(${itemsOf(predicate.given)}) > 0`;
  if ('several' in predicate) return `length(${itemsOf(predicate.several)}) > 1`;
  if ('matches' in predicate) {
    const text = isResource(useCase.options[predicate.matches]) ? 'item.name' : 'item';
    const isLike = `length(regexall(${quoted(predicate.pattern)}, ${text})) > 0`;
    return `anytrue([for item in ${itemsOf(predicate.matches)} : ${isLike}])`;
  }
  if ('strays' in predicate) {
    const right = `concat(${predicate.from.map((template) => texts(template, useCase)).join(', ')})`;
    const differs = `!anytrue([for text in ${right} : startswith("\${item}:", text)])`;
    const stray = `startswith(item, ${quoted(predicate.start)}) && ${differs}`;
    return `length(${right}) > 0 && anytrue([for item in ${itemsOf(predicate.strays)} : ${stray}])`;
  }
  if ('all' in predicate) return joined(predicate.all, ' && ', useCase, nested);
  if ('any' in predicate) return joined(predicate.any, ' || ', useCase, nested);
  return `!(${condition(predicate.not, useCase)})`;
}

function joined(predicates: readonly Predicate[], operator: string, useCase: Entry, nested: boolean): Hcl {
  const text = predicates.map((part) => condition(part, useCase, true)).join(operator);
  return nested ? `(${text})` : text;
}

/** The items of a list where a predicate holds; no space before a parenthesis, as `terraform fmt` writes it. */
export function filtered(list: Hcl, predicate: Predicate, useCase: Entry): Hcl {
  const text = condition(predicate, useCase);
  return `[for x in ${list} : x if${text.startsWith('(') ? '' : ' '}${text}]`;
}

/** The local that holds the items of an option: names and ARNs for resources, texts for others. */
export function itemsOf(option: string): Hcl {
  return `local.${snakeCase(option)}`;
}

/** A template as a list of texts: one for each combination of items, the first option outermost. */
export function texts(template: Template | Slot | string, useCase: Entry): Hcl {
  const parts: Template = typeof template === 'string' || 'slot' in template ? [template] : template;
  const names = parts.flatMap((part) => (typeof part === 'object' && 'option' in part ? [part.option] : []));
  const dimensions = [...new Set(names)];
  const text = wholeSlot(parts) ?? `"${parts.map((part) => inString(part, useCase)).join('')}"`;
  if (dimensions.length === 0) return `[${text}]`;
  const loops = dimensions.reduceRight(
    (inner, name, depth) =>
      `[for ${snakeCase(name)} in ${itemsOf(name)} : ${depth === dimensions.length - 1 ? text : inner}]`,
    text,
  );
  return dimensions.length === 1 ? loops : `flatten(${loops})`;
}

/** A template that is one ARN needs no string around it. */
function wholeSlot(parts: Template): Hcl | undefined {
  const [only] = parts;
  return parts.length === 1 && typeof only === 'object' && only.slot === 'arn'
    ? `${snakeCase(only.option)}.arn`
    : undefined;
}

function inString(part: string | Slot, useCase: Entry): string {
  if (typeof part === 'string') return escaped(part);
  switch (part.slot) {
    case 'arn':
      return `\${${snakeCase(part.option)}.arn}`;
    case 'text':
      return `\${${snakeCase(part.option)}${isResource(useCase.options[part.option]) ? '.name' : ''}}`;
    case 'itself':
      return '${name}';
    case 'issuer':
      return '${local.token_issuer}';
    case 'dnsSuffix':
      return '${local.dns_suffix}';
    default:
      return `\${local.${part.slot}}`;
  }
}

function isResource(option: Option | undefined): boolean {
  return hasForm(option) && isResourceForm(option.form);
}

/** The ARN of a resource with a name, given as an expression. */
export function arnOfItem({ arn }: ResourceForm, name: Hcl): Hcl {
  const resource = arn.resource.map((part) => {
    if (typeof part === 'string') return escaped(part);
    return part.slot === 'text' ? `\${local.${snakeCase(part.option)}[0].name}` : `\${${name}}`;
  });
  const region = arn.regional ? '${local.region}' : '';
  const account = arn.account ? '${local.account}' : '';
  return `"arn:\${local.partition}:${arn.service}:${region}:${account}:${resource.join('')}"`;
}

/** A name that is in `item`, without what it may begin with or not. */
export function plainName({ arn }: ResourceForm): Hcl {
  return arn.optionalStart === undefined ? 'item' : `trimprefix(item, ${quoted(arn.optionalStart)})`;
}

/** The name in an ARN that is in `item`, which the variable's validation has checked. */
export function nameInArn(form: ResourceForm): Hcl {
  const { resource: parts } = form.arn;
  const at = parts.findIndex((part) => typeof part === 'object' && part.slot === 'itself');
  const before = parts.slice(0, at).map((part) => {
    if (typeof part === 'string') return escaped(part);
    return part.slot === 'text' ? `\${local.${snakeCase(part.option)}[0].name}` : '';
  });
  const resource = 'join(":", slice(split(":", item), 5, length(split(":", item))))';
  const name = before.length === 0 ? resource : `trimprefix(${resource}, "${before.join('')}")`;
  const ending = endingPattern(form);
  return ending === '' ? name : `replace(${name}, ${quoted(`/${ending}$/`)}, "")`;
}
