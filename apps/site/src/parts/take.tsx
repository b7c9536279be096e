import { useState } from 'preact/hooks';
import { copy, download } from './copy.js';

interface TakeProps {
  readonly text: string;
  /** What the button that copies says. */
  readonly copies: string;
  /** The name of the file that is downloaded. */
  readonly file: string;
  readonly isDisabled?: boolean;
}

/** Copies a text, or downloads it as a file. */
export function Take({ text, copies, file, isDisabled = false }: TakeProps) {
  const [said, setSaid] = useState('');
  return (
    <div class="actions">
      <button type="button" disabled={isDisabled} onClick={() => void copy(text).then(setSaid)}>
        {copies}
      </button>
      <button type="button" disabled={isDisabled} onClick={() => download(file, text)}>
        Download {file}
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
