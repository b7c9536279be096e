import type { ProposedPolicy } from '@postern/cli/browser';
import { Listing } from '../parts/listing.js';
import { Take } from '../parts/take.js';
import { Words } from '../tool/reasons.js';
import type { CheckQuestion } from './answer.js';

type Wanted = CheckQuestion['propose'];

interface ProposeProps {
  readonly file: string;
  readonly propose: Wanted;
  readonly proposal: ProposedPolicy | undefined;
  readonly onPropose: (wanted: Wanted) => void;
}

const wants: readonly { readonly is: Wanted; readonly says: string }[] = [
  { is: undefined, says: 'no proposal' },
  { is: 'more', says: 'with what is missing added' },
  { is: 'exact', says: 'and with what is not needed taken out' },
];

/** The policy as it would be for the job, as `postern check --fix` prints it, once it is asked for. */
export function Propose({ file, propose, proposal, onPropose }: ProposeProps) {
  const text = proposal !== undefined && 'text' in proposal ? proposal.text : undefined;
  const name = `fixed-${file.replace(/^.*[\\/]|\.[^.]*$/g, '')}.json`;
  return (
    <div class="stack-small" data-propose>
      <h2>Proposal</h2>
      <fieldset class="field">
        <legend>The policy for this job</legend>
        <div class="settings">
          {wants.map(({ is, says }) => (
            <label key={says}>
              <input type="radio" name="propose" checked={propose === is} onChange={() => onPropose(is)} />
              <span>{says}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div aria-live="polite">
        {proposal === undefined ? null : (
          <p data-proposed>
            <Words text={'text' in proposal ? proposal.says : `it cannot be fixed: ${proposal.refused}`} />
          </p>
        )}
      </div>
      {text === undefined ? null : (
        <>
          <Listing text={text} label="The policy that is proposed" />
          <Take key={propose} text={text} copies="Copy the proposal" file={name} />
        </>
      )}
    </div>
  );
}
