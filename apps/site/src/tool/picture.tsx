import type { AnyEntry } from '@postern/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { idle } from '../parts/idle.js';
import type { Printed } from './printed.js';
import { heightOf, type ShownPicture } from './shown.js';

interface PictureProps {
  readonly entry: AnyEntry;
  readonly options: Readonly<Record<string, unknown>>;
  readonly printed: Printed;
  /** The picture of the example, which the page has as a file. */
  readonly first: ShownPicture;
}

/** How long nothing has to change before it is drawn anew: no keystroke waits for it. */
const pause = 250;

/** The picture of the policy, to look at and to download. It is drawn when it comes into sight and nobody is typing. */
export function Picture({ entry, options, printed: { document, problems }, first }: PictureProps) {
  const place = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  const wanted = JSON.stringify([document, options]);
  const [picture, setPicture] = useState({ ...first, of: wanted });

  useEffect(() => {
    const observer = new IntersectionObserver((all) => setSeen(all.at(-1)?.isIntersecting === true), {
      rootMargin: '400px',
    });
    if (place.current !== null) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);

  const isDrawn = problems.length === 0 && picture.of === wanted;
  useEffect(() => {
    if (!isSeen || isDrawn || problems.length > 0) return;
    let isLate = false;
    const timer = setTimeout(async () => {
      const { drawPicture, describePicture } = await import('./drawn.js');
      await idle();
      if (isLate) return;
      const svg = drawPicture({ entry, document, options });
      const src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      setPicture({ src, alt: describePicture({ entry, document, options }), height: heightOf(svg), of: wanted });
    }, pause);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [isSeen, isDrawn, wanted, problems.length]);
  // The browser keeps what is drawn until it is given back.
  useEffect(
    () => () => (picture.src.startsWith('blob:') ? URL.revokeObjectURL(picture.src) : undefined),
    [picture.src],
  );

  const file = `${entry.id}.svg`;
  return (
    <section class="picture" aria-labelledby="picture" ref={place}>
      <h2 id="picture">A picture of it</h2>
      <div class="sheet" tabIndex={0} role="region" aria-label="The picture">
        <img
          class={isDrawn ? undefined : 'stale'}
          src={picture.src}
          alt={picture.alt}
          width={1000}
          height={picture.height}
          loading="lazy"
          decoding="async"
        />
      </div>
      <p class="actions">
        {isDrawn ? (
          <a class="button" href={picture.src} download={file}>
            Download {file}
          </a>
        ) : (
          <button type="button" disabled>
            Download {file}
          </button>
        )}
        <span role="status">{isDrawn ? '' : problems.length > 0 ? 'This is not the policy.' : 'Drawing…'}</span>
      </p>
    </section>
  );
}
