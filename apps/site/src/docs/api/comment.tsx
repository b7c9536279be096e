import { marked } from 'marked';
import type { JSONOutput } from 'typedoc';

type CommentParts = readonly JSONOutput.CommentDisplayPart[];

/** Where an export stands, from the page that names it; undefined where it is not ours. */
export type WhereIs = (name: string) => string | undefined;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A part of a docstring, as HTML. */
export function CommentText({ parts, whereIs }: { readonly parts: CommentParts; readonly whereIs: WhereIs }) {
  const markdown = parts
    .map((part) => {
      if (part.kind === 'code') return part.text;
      if (part.kind !== 'inline-tag') return escape(part.text);
      const href = whereIs(part.text);
      return href === undefined ? `\`${part.text}\`` : `[\`${part.text}\`](${href})`;
    })
    .join('');
  const html = marked.parse(markdown, { async: false });
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}

/** A docstring without marks, for the search. */
export function plainComment(comment: JSONOutput.Comment | undefined): string {
  const parts = [...(comment?.summary ?? []), ...(comment?.blockTags ?? []).flatMap(({ content }) => content)];
  return parts
    .map(({ text }) => text.replaceAll('`', ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
