/** A picture as a page shows it: where it is, what is on it in words, and how high it is where it is 1,000 wide. */
export interface ShownPicture {
  readonly src: string;
  readonly alt: string;
  readonly height: number;
}

/** How high the picture of an SVG is. */
export function heightOf(svg: string): number {
  return Number(/ height="(\d+)"/.exec(svg)?.[1]);
}

/** The picture that a page was made with. */
export function findPicture(page: ParentNode): ShownPicture {
  const image = page.querySelector('.picture img');
  const read = (name: string) => image?.getAttribute(name) ?? '';
  return { src: read('src'), alt: read('alt'), height: Number(read('height')) };
}
