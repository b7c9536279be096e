// Prints the folder of each project that Nx knows, as JSON by its name.
import { createProjectGraphAsync } from 'nx/src/project-graph/project-graph.js';

const { nodes } = await createProjectGraphAsync({ exitOnError: true });
const folders = Object.values(nodes).map(({ name, data }) => [name, data.root]);
process.stdout.write(JSON.stringify(Object.fromEntries(folders)), () => process.exit());
