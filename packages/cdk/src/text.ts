import {
  DefaultTokenResolver,
  Reference,
  StringConcat,
  Token,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type TokenizedStringFragments,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** A piece of a text: plain, or a token. */
export type Fragment = string | IResolvable;

/** Takes a text apart into plain text and tokens. */
export function fragmentsOf(text: string): Fragment[] {
  return listFragments(Tokenization.reverseString(text));
}

function listFragments(fragments: TokenizedStringFragments): Fragment[] {
  const held = fragments.mapTokens({ mapToken: (token) => ({ token }) });
  const list = (value: unknown): Fragment[] => {
    if (Array.isArray(value)) return value as Fragment[];
    return typeof value === 'string' ? [value] : [(value as { token: IResolvable }).token];
  };
  return list(held.join({ join: (left, right) => [...list(left), ...list(right)] }));
}

/** What CloudFormation looks up when it deploys: `{{resolve:ssm:/name}}`. */
const dynamic = /(\{\{resolve:[^{}]*\}\})/;

/** Whether a text, or something in it, is known only later. */
export function isLater(text: string): boolean {
  return Token.isUnresolved(text) || dynamic.test(text);
}

/** The pieces of a text as core takes them. */
export function piecesOf(text: string): { text: string; known: boolean }[] {
  return fragmentsOf(text).flatMap((piece) =>
    typeof piece === 'string'
      ? piece.split(dynamic).map((part, index) => ({ text: part, known: index % 2 === 0 }))
      : [{ text: Token.asString(piece), known: false }],
  );
}

/** Resolves the functions of CloudFormation, and leaves references and lazy values as they are. */
class Outermost extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }
  override resolveToken(token: IResolvable, context: IResolveContext, processor: IPostProcessor): unknown {
    const lazy = (token as { toJSON?: () => unknown }).toJSON?.() === '<unresolved-lazy>';
    if (lazy || Reference.isReference(token)) return Token.asString(token);
    return super.resolveToken(token, context, processor) as unknown;
  }
  override resolveString(fragments: TokenizedStringFragments): string {
    return listFragments(fragments)
      .map((piece) => Token.asString(piece))
      .join('');
  }
}

/** What a token stands for in CloudFormation, as far as that can be seen before synthesis. */
function intrinsicOf(token: IResolvable, scope: IConstruct): unknown {
  try {
    return Tokenization.resolve(token, { scope, resolver: new Outermost() }) as unknown;
  } catch {
    return undefined;
  }
}

function argumentOf(intrinsic: unknown, name: string): unknown {
  if (typeof intrinsic !== 'object' || intrinsic === null) return undefined;
  return (intrinsic as Record<string, unknown>)[name];
}

/** A text with Fn::Join and Fn::Sub written out, so that what is plain in them can be seen. */
export function writeOut(text: string, scope: IConstruct): string {
  return fragmentsOf(text)
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if (Reference.isReference(piece)) return Token.asString(piece);
      const intrinsic = intrinsicOf(piece, scope);
      const joined = writeJoin(argumentOf(intrinsic, 'Fn::Join')) ?? writeSub(argumentOf(intrinsic, 'Fn::Sub'));
      if (joined !== undefined) return writeOut(joined, scope);
      return typeof intrinsic === 'string' && fragmentsOf(intrinsic).every((part) => part !== piece)
        ? writeOut(intrinsic, scope)
        : Token.asString(piece);
    })
    .join('');
}

function writeJoin(argument: unknown): string | undefined {
  if (!Array.isArray(argument) || !Array.isArray(argument[1]) || typeof argument[0] !== 'string') return undefined;
  return argument[1].map((part) => Token.asString(part)).join(argument[0]);
}

function writeSub(argument: unknown): string | undefined {
  const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [unknown, Record<string, unknown>];
  if (typeof text !== 'string') return undefined;
  return text.replace(/\$\{([^}]*)\}/g, (found, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (found.startsWith('${Token[')) return found;
    if (Object.hasOwn(values, name)) return Token.asString(values[name]);
    const dot = name.indexOf('.');
    return Token.asString(dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] });
  });
}

/** Whether a token is known to be an ARN, or to be none; undefined where nobody can say. */
export function formOf(token: IResolvable, scope: IConstruct): 'arn' | 'other' | undefined {
  if (Reference.isReference(token)) return formOfAttribute(token);
  const intrinsic = intrinsicOf(token, scope);
  const reference = argumentOf(intrinsic, 'Ref');
  if (typeof reference === 'string' && reference.startsWith('AWS::')) {
    return reference === 'AWS::StackId' || reference === 'AWS::NotificationARNs' ? 'arn' : 'other';
  }
  const attribute = argumentOf(intrinsic, 'Fn::GetAtt');
  return Array.isArray(attribute) ? formOfName(String(attribute[1])) : undefined;
}

function formOfName(attribute: string): 'arn' | 'other' | undefined {
  return /Arn$/i.test(attribute) ? 'arn' : /(Name|Id|Url|Uri)$/i.test(attribute) ? 'other' : undefined;
}

/** `Ref` gives the ARN of some resources and the name of others; the resource's own reference tells. */
function formOfAttribute({ target, displayName }: Reference): 'arn' | 'other' | undefined {
  if (displayName !== 'Ref') return formOfName(displayName);
  const type = (target as { cfnResourceType?: string }).cfnResourceType;
  if (type === undefined || /^(Custom|AWS::CloudFormation|AWS::SSM)::/.test(type)) return undefined;
  const property = propertyOf(target, 'Ref', stemOf(type));
  return property === undefined ? undefined : formOfName(property);
}

/** `AWS::ECR::Repository` is `repository` in the names of CDK's attributes. */
export function stemOf(type: string): string {
  const name = type.slice(type.lastIndexOf(':') + 1);
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** Which property of a resource's own reference (`roleRef`) an attribute is: `roleArn`, `roleName`. */
export function propertyOf(resource: object, attribute: string, stem: string): string | undefined {
  const reference = (resource as Record<string, unknown>)[`${stem}Ref`];
  if (typeof reference !== 'object' || reference === null) {
    return { Arn: `${stem}Arn`, Ref: `${stem}Name` }[attribute];
  }
  const found = Object.entries(reference as Record<string, unknown>).find(([, value]) => {
    const token = typeof value === 'string' ? fragmentsOf(value)[0] : undefined;
    return Reference.isReference(token) && token.displayName === attribute;
  });
  return found?.[0];
}
