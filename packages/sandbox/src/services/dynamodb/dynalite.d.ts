declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** Makes a DynamoDB server that keeps its tables in memory. */
  const dynalite: (options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }) => Server;
  export default dynalite;
}
