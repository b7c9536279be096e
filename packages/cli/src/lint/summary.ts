import { describeCounts, plural } from './finding.js';
import type { Summary } from './format.js';

/** All that was counted, in one line. */
export function describeSummary(summary: Summary): string {
  const { files, policies, trust, unread, unclear, open, suppressed, known } = summary;
  return [
    `${plural(policies, 'policy', 'policies')} in ${plural(files, 'file')}: ${describeCounts(summary)}`,
    ...(trust > 0 ? [`${plural(trust, 'policy of a resource', 'policies of resources')} not looked at`] : []),
    ...(unread + unclear > 0 ? [`${unread + unclear} not understood`] : []),
    ...(open > 0 ? [`${open} known only after deployment`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(known > 0 ? [`${known} in the baseline`] : []),
  ].join('; ');
}
