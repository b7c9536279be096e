import { request as httpRequest, type Server } from 'node:http';
import { socketPair } from './socket-pair.js';

export interface TableAbout {
  /** The attribute that is the partition key. */
  readonly partitionKey: string;
  /** The ARN of the KMS key of one's own that encrypts it. */
  kmsKey?: string;
}

/** DynamoDB's tables, which dynalite keeps in memory; it listens on no port, so that nobody else reaches it. */
export interface Tables {
  readonly known: Map<string, TableAbout>;
  /** Tables whose encryption with KMS was turned on. */
  readonly encrypted: Set<string>;
  /** Sends one operation to dynalite. */
  send(operation: string, input: unknown): Promise<{ readonly status: number; readonly body: string }>;
  /** Creates a table with one text key, as lock tables are. */
  create(name: string, partitionKey: string): Promise<void>;
  /** Waits until a table that is being created can be used. */
  untilActive(name: string): Promise<void>;
  close(): Promise<void>;
}

function createTables(): Tables {
  const known = new Map<string, TableAbout>();
  let server: Promise<Server> | undefined;

  async function start(): Promise<Server> {
    const { default: dynalite } = await import('dynalite');
    return dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  }

  async function send(operation: string, input: unknown): Promise<{ status: number; body: string }> {
    server ??= start();
    const [own, other] = socketPair();
    (await server).emit('connection', other);
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        {
          host: 'localhost',
          createConnection: () => own,
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': `DynamoDB_20120810.${operation}`,
            'x-amz-date': '20260101T000000Z',
            authorization:
              'AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 500, body: Buffer.concat(chunks).toString('utf8') }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(input));
    });
  }

  async function untilActive(name: string): Promise<void> {
    // dynalite makes the table in its next tick, also with no delay.
    for (let tries = 0; tries < 200; tries += 1) {
      const { body } = await send('DescribeTable', { TableName: name });
      if (body.includes('"ACTIVE"')) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`the table ${name} did not become active`);
  }

  return {
    known,
    encrypted: new Set(),
    send,
    async create(name, partitionKey) {
      known.set(name, { partitionKey });
      await send('CreateTable', {
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: partitionKey, AttributeType: 'S' }],
        KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
      });
      await untilActive(name);
    },
    untilActive,
    async close() {
      if (server === undefined) return;
      (await server).closeAllConnections();
    },
  };
}

export const state = { tables: createTables };
