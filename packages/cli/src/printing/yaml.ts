import { readNumberLiteral, type Explanation, type PolicyDocument } from '@postern/core';
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  visit,
  type Node,
  type Pair,
  type Tags,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/**
 * Reads one YAML 1.2 document. Aliases are refused: options have no use for them, and they can expand without end.
 * @throws {Error} where the text is not one YAML document with unique keys
 */
export function readYaml(text: string): unknown {
  return readDocument(text, []);
}

/** Reads a policy or a CloudFormation template: intrinsic functions in their short form too, numbers as they are written. */
export function readTemplateYaml(text: string): unknown {
  return readDocument(text, intrinsics, (number) => {
    const { source = '', value } = number;
    return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(source) ? readNumberLiteral(source) : value;
  });
}

const functions = ['Sub', 'Join', 'GetAtt', 'Select', 'Split', 'If', 'ImportValue', 'FindInMap', 'Base64', 'Cidr'];
const conditions = ['Equals', 'Not', 'And', 'Or', 'GetAZs', 'Transform', 'ToJsonString', 'Length', 'ForEach'];

/** `!Sub text` is `Fn::Sub: text`, whatever its argument is; `!Ref` and `!Condition` have no prefix. */
const intrinsics: Tags = [...functions, ...conditions, 'Ref', 'Condition'].flatMap((name) => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const wrap = (value: unknown) => ({ [key]: value });
  return [
    { tag: `!${name}`, resolve: (text: string) => new Scalar(wrap(text)) },
    {
      tag: `!${name}`,
      collection: 'seq' as const,
      resolve: (list: unknown) => new Scalar(wrap((list as YAMLSeq).toJSON())),
    },
    {
      tag: `!${name}`,
      collection: 'map' as const,
      resolve: (map: unknown) => new Scalar(wrap((map as YAMLMap).toJSON())),
    },
  ];
});

function readDocument(text: string, customTags: Tags, readNumber = (number: Scalar): unknown => number.value): unknown {
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true, customTags });
  const [problem] = document.errors;
  if (problem !== undefined) throw problem;
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'number') scalar.value = readNumber(scalar);
    },
    Alias() {
      throw new Error('anchors and aliases are not taken, write the value out');
    },
  });
  return document.toJS({ maxAliasCount: 0 });
}

/**
 * Prints a policy as YAML, texts in double quotes, so that no reader takes `2012-10-17` for a date.
 * @param explanations where given, every line is followed by its reason in a comment
 */
export function printYaml(document: PolicyDocument, explanations: readonly Explanation[] = []): string {
  const yaml = new Document(document, { version: '1.2', aliasDuplicateObjects: false });
  const statements = yaml.get('Statement');
  if (isSeq(statements)) {
    for (const statement of statements.items) comment(statement, explanations);
  }
  return yaml.toString({ defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
}

function comment(statement: unknown, explanations: readonly Explanation[]): void {
  if (!isMap(statement)) return;
  const explanation = explanations.find(({ sid }) => sid === statement.get('Sid'));
  if (explanation === undefined) return;
  for (const action of itemsOf(statement.get('Action')))
    action.comment = ` ${explanation.actions[String(action.value)]}`;
  if (explanation.principal !== undefined) {
    for (const one of itemsOf(statement.getIn(['Principal', explanation.principal.type])))
      one.comment = ` ${explanation.principal.reason}`;
  }
  const [star] = itemsOf(statement.get('Resource'));
  if (explanation.unscoped !== undefined && star !== undefined) star.comment = ` ${explanation.unscoped}`;
  for (const { operator, key, reason } of explanation.conditions) {
    const keys = statement.getIn(['Condition', operator]);
    const pair = isMap(keys) ? keys.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    if (pair !== undefined) (pair as Pair<Node>).key.commentBefore = ` ${reason}`;
  }
}

function itemsOf(node: unknown): Scalar[] {
  return isSeq(node) ? node.items.filter(isScalar) : [];
}
