import { Marked, type Token, type Tokens } from 'marked';

/** A part of a text below a heading of its own. */
export interface PageSection {
  /** Its place on the page; undefined for what stands above the first of them. */
  readonly id: string | undefined;
  readonly title: string;
  /** What it says, without marks. */
  readonly text: string;
}

/** A text in Markdown, rendered. */
export interface Rendered {
  /** The first heading. */
  readonly title: string;
  readonly html: string;
  readonly sections: readonly PageSection[];
}

/** Renders one of our own texts; each heading below the first has a place, so that links and the search lead to it. */
export function renderMarkdown(text: string): Rendered {
  const marked = new Marked();
  const tokens = marked.lexer(text);
  const ids = new Map<Token, string>();
  const sections: { id: string | undefined; title: string; texts: string[] }[] = [];
  let title = '';
  for (const token of tokens) {
    if (token.type === 'heading') {
      const heading = plainText(token);
      if (token['depth'] === 1) title ||= heading;
      const id = token['depth'] === 1 ? undefined : newId(heading, [...ids.values()]);
      if (id !== undefined) ids.set(token, id);
      sections.push({ id, title: heading, texts: [] });
    } else sections.at(-1)?.texts.push(plainText(token));
  }
  marked.use({
    renderer: {
      heading(token) {
        const id = ids.get(token);
        const inner = this.parser.parseInline(token.tokens);
        const tag = `h${token.depth}`;
        return id === undefined ? `<${tag}>${inner}</${tag}>\n` : `<${tag} id="${id}">${inner}</${tag}>\n`;
      },
      code(token) {
        return codeBlock(token);
      },
    },
  });
  const html = marked.parser(tokens);
  return {
    title,
    html,
    sections: sections.map(({ texts, ...section }) => ({ ...section, text: texts.join(' ').trim() })),
  };
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A block whose fence names a file, as in `yaml postern.yaml`, says so; one of `sh account` that no test of ours runs it. */
function codeBlock({ text, lang = '' }: Tokens.Code): string {
  const [, name = ''] = lang.split(/\s+/);
  const caption =
    name === 'account'
      ? 'Needs an AWS account: no test of ours runs it.'
      : name === ''
        ? ''
        : `<code>${escape(name)}</code>`;
  const inner = lang.startsWith('sh') ? text.split(/(\s+)/).map(word).join('') : escape(text);
  const block = `<pre tabindex="0"><code>${inner}\n</code></pre>`;
  return caption === '' ? `${block}\n` : `<figure><figcaption>${caption}</figcaption>${block}</figure>\n`;
}

const word = (text: string) => (/\S/.test(text) ? `<span class="word">${escape(text)}</span>` : text);

/** The words of a heading with hyphens, as GitHub has them, and a number where that is taken. */
function newId(heading: string, taken: readonly string[]): string {
  const id = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
  if (!taken.includes(id)) return id;
  let number = 1;
  while (taken.includes(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}

function plainText(token: Token): string {
  if (token.type === 'code') return String(token['text']);
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows]
      .flat()
      .map((cell) => cell.tokens.map(plainText).join(''))
      .join(' ');
  }
  if (token.type === 'list') return (token as Tokens.List).items.map(plainText).join(' ');
  const inner = 'tokens' in token ? token.tokens : undefined;
  if (inner !== undefined && inner.length > 0) return inner.map(plainText).join('');
  return token.type === 'space' ? ' ' : 'text' in token ? String(token['text']) : '';
}
