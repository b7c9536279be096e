import type { JSONOutput } from 'typedoc';

type ApiType = JSONOutput.SomeType;

/** A type as TypeScript writes it. */
export function typeText(type: ApiType | undefined): string {
  if (type === undefined) return 'unknown';
  switch (type.type) {
    case 'array':
      return `${inTightBrackets(type.elementType)}[]`;
    case 'conditional':
      return `${typeText(type.checkType)} extends ${typeText(type.extendsType)} ? ${typeText(type.trueType)} : ${typeText(type.falseType)}`;
    case 'indexedAccess':
      return `${inTightBrackets(type.objectType)}[${typeText(type.indexType)}]`;
    case 'inferred':
      return `infer ${type.name}`;
    case 'intersection':
      return type.types.map((one) => (one.type === 'union' ? inTightBrackets(one) : inBrackets(one))).join(' & ');
    case 'intrinsic':
    case 'unknown':
      return type.name;
    case 'literal':
      return typeof type.value === 'string' ? `'${type.value}'` : literalText(type.value);
    case 'mapped': {
      const sign = (modifier: '+' | '-' | undefined, word: string) =>
        modifier === undefined ? '' : modifier === '-' ? `-${word}` : word;
      const name = type.nameType === undefined ? '' : ` as ${typeText(type.nameType)}`;
      const readonly = sign(type.readonlyModifier, 'readonly ');
      return `{ ${readonly}[${type.parameter} in ${typeText(type.parameterType)}${name}]${sign(type.optionalModifier, '?')}: ${typeText(type.templateType)} }`;
    }
    case 'namedTupleMember':
      return `${type.name}${type.isOptional ? '?' : ''}: ${typeText(type.element)}`;
    case 'optional':
      return `${typeText(type.elementType)}?`;
    case 'predicate':
      return `${type.asserts ? 'asserts ' : ''}${type.name}${type.targetType === undefined ? '' : ` is ${typeText(type.targetType)}`}`;
    case 'query':
      return `typeof ${typeText(type.queryType)}`;
    case 'reference':
      return `${type.name}${argumentsText(type.typeArguments)}`;
    case 'reflection':
      return objectText(type.declaration);
    case 'rest':
      return `...${typeText(type.elementType)}`;
    case 'templateLiteral':
      return `\`${type.head}${type.tail.map(([inner, text]) => `\${${typeText(inner)}}${text}`).join('')}\``;
    case 'tuple':
      return `[${(type.elements ?? []).map(typeText).join(', ')}]`;
    case 'typeOperator':
      return `${type.operator} ${inTightBrackets(type.target)}`;
    case 'union':
      return type.types.map(inBrackets).join(' | ');
  }
}

function literalText(value: unknown): string {
  // A bigint is an object in TypeDoc's JSON.
  return typeof value === 'object' && value !== null && 'value' in value ? `${String(value.value)}n` : String(value);
}

/** A type as a part of a union, which a function or a condition would end. */
function inBrackets(type: ApiType): string {
  const isFunction = type.type === 'reflection' && type.declaration.signatures !== undefined;
  return isFunction || type.type === 'conditional' ? `(${typeText(type)})` : typeText(type);
}

/** A type before `[` or behind an operator, which would take the last of several alone. */
function inTightBrackets(type: ApiType): string {
  const isOfSeveral = type.type === 'union' || type.type === 'intersection' || type.type === 'typeOperator';
  return isOfSeveral ? `(${typeText(type)})` : inBrackets(type);
}

function argumentsText(types: readonly ApiType[] | undefined): string {
  if (types === undefined || types.length === 0) return '';
  const text = types.map(typeText).join(', ');
  // The options of an entry, spelled out, are a page: they stand on the page of the entry.
  return text.length > 300 ? '<…>' : `<${text}>`;
}

function objectText({ signatures, children = [], indexSignatures = [] }: JSONOutput.DeclarationReflection): string {
  const [signature] = signatures ?? [];
  if (signature !== undefined && children.length === 0)
    return `${parametersText(signature)} => ${typeText(signature.type)}`;
  const members = [
    ...indexSignatures.map(
      ({ parameters = [], type }) =>
        `[${parameters.map((one) => `${one.name}: ${typeText(one.type)}`).join(', ')}]: ${typeText(type)}`,
    ),
    ...children.map((child) => memberText(child)),
  ];
  return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`;
}

/** A property or a method of an object, in one line. */
export function memberText(member: JSONOutput.DeclarationReflection): string {
  const { name, flags, type, signatures, getSignature } = member;
  const [signature] = signatures ?? [];
  const readonly = flags.isReadonly ? 'readonly ' : '';
  if (signature !== undefined) return `${name}${parametersText(signature)}: ${typeText(signature.type)}`;
  return `${readonly}${name}${flags.isOptional ? '?' : ''}: ${typeText(type ?? getSignature?.type)}`;
}

/** The type parameters and the parameters of a function; on a line each where they are long. */
export function parametersText({ typeParameters, parameters = [] }: JSONOutput.SignatureReflection): string {
  const texts = parameters.map(({ name, flags, type, defaultValue }) => {
    const isOptional = flags.isOptional || defaultValue !== undefined;
    return `${flags.isRest ? '...' : ''}${name}${isOptional ? '?' : ''}: ${typeText(type)}`;
  });
  return `${typeParametersText(typeParameters)}(${texts.join(', ')})`;
}

/** What stands between `<` and `>` behind a name. */
export function typeParametersText(parameters: readonly JSONOutput.TypeParameterReflection[] | undefined): string {
  if (parameters === undefined || parameters.length === 0) return '';
  const texts = parameters.map(
    ({ name, type, default: other }) =>
      `${name}${type === undefined ? '' : ` extends ${typeText(type)}`}${other === undefined ? '' : ` = ${typeText(other)}`}`,
  );
  return `<${texts.join(', ')}>`;
}
