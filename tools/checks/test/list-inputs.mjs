// Prints what Nx hashes for targets of projects, as JSON by `PROJECT:TARGET`: files, variables, and commands.
import { createProjectGraphAsync } from 'nx/src/project-graph/project-graph.js';
import { HashPlanInspector } from 'nx/src/hasher/hash-plan-inspector.js';

const graph = await createProjectGraphAsync({ exitOnError: true });
const inspector = new HashPlanInspector(graph);
await inspector.init();
const tasks = Object.values(graph.nodes).flatMap(({ name, data }) =>
  ['conformance', 'prove', 'prove-exhaustively', 'tools', 'bundle']
    .filter((target) => data.targets?.[target] !== undefined)
    .map((target) => ({ project: name, target })),
);
const inputs = tasks.map(({ project, target }) => {
  const id = `${project}:${target}`;
  const { files, environment, runtime } = inspector.inspectTaskInputs({ project, target }, {}, {}, true)[id];
  return [id, { files, environment, runtime, target: graph.nodes[project].data.targets[target] }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(inputs)), () => process.exit());
