import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure } from '../../stage.js';
import { functionOf, stackKey, stagesOf } from './project.js';

const source = 'serverless/serverless at v3.40.0: lib/plugins/aws/rollback-function.js';

/** The calls of `rollback function`, which downloads the code past the proxy and so cannot be run here. */
export function restoreSteps(options: CellOptions): Step[] {
  return stagesOf(options).map((to) => ({
    name: `put an earlier version of a function of ${to} back`,
    tool: 'replay',
    source,
    run: async (stage) => {
      const FunctionName = functionOf(options, to);
      const restored = stage.sandbox.world.functions.get(stackKey(options, FunctionName))!;
      const before = restored.revision;
      await stage.call('Lambda', 'GetFunction', { FunctionName, Qualifier: '1' });
      await stage.call('Lambda', 'UpdateFunctionCode', { FunctionName, ZipFile: Buffer.from('PK') });
      if (restored.revision === before) throw new StepFailure('the function is as it was');
    },
  }));
}
