import type { JSONOutput } from 'typedoc';
import { CommentText, plainComment, type WhereIs } from './comment.js';
import { memberText, parametersText, typeParametersText, typeText } from './type-text.js';

type Declaration = JSONOutput.DeclarationReflection;

/** TypeDoc's numbers of what an export is. */
export const kinds = { variable: 32, function: 64, class: 128, interface: 256, alias: 2_097_152 } as const;
const constructorKind = 512;

interface ItemProps {
  readonly item: Declaration;
  readonly whereIs: WhereIs;
}

/** An export: how it is written, and what its docstring says. */
export function Item({ item, whereIs: anywhere }: ItemProps) {
  const whereIs: WhereIs = (name) => (name === item.name ? undefined : anywhere(name));
  const signatures = item.signatures ?? [];
  return (
    <section class={`api room-${roomOf(item)}`}>
      <h3 id={item.name}>
        <code>{item.name}</code>
      </h3>
      {signatures.length > 0 ? (
        signatures.map((signature) => <Signature key={signature.id} signature={signature} whereIs={whereIs} />)
      ) : (
        <>
          <Code text={declarationText(item)} whereIs={whereIs} />
          <Comment comment={commentOf(item)} whereIs={whereIs} />
          <Members item={item} whereIs={whereIs} />
        </>
      )}
    </section>
  );
}

const rooms = [12, 24, 48, 96, 192];

/** How many rem are kept free for an export before it comes into sight: enough where lines are short. */
function roomOf(item: Declaration): number {
  const members = membersOf(item);
  const texts = [
    ...members.map(memberText),
    declarationText(item),
    ...[item, ...members].map((one) => plainComment(commentOf(one))),
  ];
  const lines = 4 + 2 * members.length + texts.join('').length / 32;
  return rooms.find((room) => room >= 1.75 * lines) ?? rooms.at(-1)!;
}

/** The docstring of an export, wherever TypeDoc keeps it. */
export function commentOf({ comment, signatures, type }: Declaration): JSONOutput.Comment | undefined {
  const inner = type?.type === 'reflection' ? type.declaration.signatures?.[0]?.comment : undefined;
  return comment ?? signatures?.[0]?.comment ?? inner;
}

function declarationText({ name, kind, type, typeParameters, extendedTypes = [], children = [] }: Declaration): string {
  const parameters = typeParametersText(typeParameters);
  const bases = extendedTypes.length === 0 ? '' : ` extends ${extendedTypes.map(typeText).join(', ')}`;
  if (kind === kinds.interface) return `interface ${name}${parameters}${bases}`;
  if (kind === kinds.alias) return `type ${name}${parameters} = ${typeText(type)}`;
  if (kind !== kinds.class) return `const ${name}: ${typeText(type)}`;
  const made = children.find((child) => child.kind === constructorKind)?.signatures?.[0];
  return `class ${name}${parameters}${bases}${made === undefined ? '' : `\nnew ${name}${parametersText(made)}`}`;
}

function Signature({
  signature,
  whereIs,
}: {
  readonly signature: JSONOutput.SignatureReflection;
  readonly whereIs: WhereIs;
}) {
  const { name, parameters = [], type, comment } = signature;
  const explained = parameters.filter((one) => one.comment !== undefined);
  return (
    <>
      <Code text={`${name}${parametersText(signature)}: ${typeText(type)}`} whereIs={whereIs} />
      <Comment comment={comment} whereIs={whereIs}>
        {explained.map((one) => (
          <Told key={one.id} name={<code>{one.name}</code>} parts={one.comment?.summary ?? []} whereIs={whereIs} />
        ))}
      </Comment>
    </>
  );
}

const words: Readonly<Record<string, string>> = {
  '@returns': 'Returns',
  '@throws': 'Throws',
  '@see': 'See',
  '@default': 'By default',
};

interface CommentProps {
  readonly comment: JSONOutput.Comment | undefined;
  readonly whereIs: WhereIs;
  readonly children?: preact.ComponentChildren;
}

function Comment({ comment, whereIs, children }: CommentProps) {
  const blocks = comment?.blockTags ?? [];
  const hasChildren = Array.isArray(children) && children.length > 0;
  return (
    <>
      {comment === undefined ? null : <CommentText parts={comment.summary} whereIs={whereIs} />}
      {blocks.length > 0 || hasChildren ? (
        <dl>
          {children}
          {blocks.map(({ tag, content }, index) => (
            <Told key={index} name={words[tag] ?? tag.slice(1)} parts={content} whereIs={whereIs} />
          ))}
        </dl>
      ) : null}
    </>
  );
}

interface ToldItemProps {
  readonly name: preact.ComponentChildren;
  readonly parts: readonly JSONOutput.CommentDisplayPart[];
  readonly whereIs: WhereIs;
}

function Told({ name, parts, whereIs }: ToldItemProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <CommentText parts={parts} whereIs={whereIs} />
      </dd>
    </>
  );
}

/** What an interface, a class or an object type has of its own; what it takes over stands with that. */
function membersOf({ kind, children, type }: Declaration): readonly Declaration[] {
  const inner = type?.type === 'reflection' ? type.declaration.children : undefined;
  const all = kind === kinds.variable ? [] : (children ?? inner ?? []);
  return all.filter(({ kind, flags }) => kind !== constructorKind && flags.isInherited !== true);
}

function Members({ item, whereIs }: ItemProps) {
  const members = membersOf(item);
  if (members.length === 0) return null;
  return (
    <ul class="members">
      {members.map((member) => (
        <li key={member.id}>
          <code>
            <Linked text={memberText(member)} whereIs={whereIs} />
          </code>
          {commentOf(member) === undefined ? null : (
            <CommentText parts={commentOf(member)?.summary ?? []} whereIs={whereIs} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Code({ text, whereIs }: { readonly text: string; readonly whereIs: WhereIs }) {
  return (
    <pre tabIndex={0}>
      <code>
        <Linked text={text} whereIs={whereIs} />
      </code>
    </pre>
  );
}

/** The names of our own types in a text lead to them; a name before a colon is that of a property. */
function Linked({ text, whereIs }: { readonly text: string; readonly whereIs: WhereIs }) {
  return (
    <>
      {text.split(/('[^']*'|\b[A-Z]\w*(?!\w|\??:))/).map((piece, index) => {
        const href = index % 2 === 1 && /^[A-Z]/.test(piece) ? whereIs(piece) : undefined;
        return href === undefined ? (
          piece
        ) : (
          <a key={index} href={href}>
            {piece}
          </a>
        );
      })}
    </>
  );
}
