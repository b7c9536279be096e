/** The rooms of core: each may import those before it. */
const rooms = ['document', 'access', 'use-case', 'catalog', 'trust', 'role', 'config'];

/**
 * No file imports itself through others, and no room of core one behind it, not even for a type: `nx lint @postern/checks` goes red.
 */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Put what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...rooms.slice(0, -1).map((room, at) => ({
      name: `core-${room}`,
      comment: `${room} may import the rooms of core before it: ${rooms.slice(0, at).join(', ') || 'none'}.`,
      severity: 'error',
      from: { path: `(^|/)packages/core/src/${room}/` },
      to: { path: `(^|/)packages/core/src/(${rooms.slice(at + 1).join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out-tsc|node_modules)/' },
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
  },
};
