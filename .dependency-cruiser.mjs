/** No file imports itself through others, not even for a type: `nx lint @postern/checks` goes red with the circle. */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Put what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out-tsc|node_modules)/' },
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
  },
};
