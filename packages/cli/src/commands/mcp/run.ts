import { realpathSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { InputError } from '../../errors.js';
import { interruptible } from '../../interrupt.js';
import type { Io } from '../../io.js';
import { ask } from './ask.js';
import { countOpen } from './count-open.js';
import { openDocuments } from './documents.js';
import { tools, type Tool } from './tools.js';
import { inputWords } from './words.js';

/** What one message may be long. */
const mostInMessage = 10 * 1024 * 1024;
/** How many commands run at once. */
const mostAtOnce = 2;

/**
 * Answers until standard input ends.
 * @throws {InputError} where a message is too long, or nobody said how this program is run
 */
export async function serve(version: string, io: Io): Promise<void> {
  const { program } = io;
  if (program === undefined) throw new InputError(['`postern mcp` needs the executable `postern`: run that']);
  const root = realpathSync(process.cwd());
  const server = new McpServer({ name: 'postern', version });
  const all = new AbortController();
  const turn = queue(mostAtOnce);
  for (const [name, tool] of Object.entries(tools)) {
    const { description, input } = tool;
    const annotations = { readOnlyHint: true, openWorldHint: false };
    server.registerTool(name, { description, inputSchema: input, annotations }, (given, { signal }) =>
      turn(() => answer(tool, given, program, root, AbortSignal.any([signal, all.signal]))),
    );
  }
  const input = Readable.from(bytesOf(io.stdin), { objectMode: false });
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      try {
        io.stdout.write(chunk.toString('utf8'));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  await interruptible(async (onOpen) => {
    onOpen(() => {
      all.abort();
      return Promise.resolve();
    });
    const counted = countOpen(new StdioServerTransport(input, output, { maxBufferSize: mostInMessage }));
    try {
      await new Promise<void>((done, fail) => {
        input.on('end', done);
        output.on('error', fail);
        input.on('error', fail);
        server.server.onclose = () =>
          fail(new InputError(['a message is longer than 10 MiB: give the paths of files instead of texts']));
        server.connect(counted.transport).catch(fail);
      });
      await counted.idle();
    } finally {
      all.abort();
      server.server.onclose = () => undefined;
      await server.close();
      input.destroy();
    }
  });
}

async function* bytesOf(stdin: Io['stdin']): AsyncGenerator<Uint8Array> {
  for await (const chunk of stdin) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Asks the command: what it prints is the answer, a finding too; what is wrong with the input is an error. */
async function answer(
  tool: Tool,
  given: object,
  program: readonly string[],
  root: string,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const documents = openDocuments(root);
  try {
    const { code, ended, stderr, stdout } = await ask(program, tool.ask(given as never, documents), signal);
    if (ended !== undefined) return failed(ended);
    const said = inputWords(stderr.trimEnd());
    if (code !== 0 && code !== 1) return failed(said || `the command ended with ${code}`);
    return {
      content: [
        { type: 'text', text: stdout.trimEnd() },
        ...(said === '' ? [] : [{ type: 'text' as const, text: said }]),
      ],
    };
  } catch (error) {
    if (error instanceof InputError) return failed(error.problems.map((problem) => `postern: ${problem}`).join('\n'));
    throw error;
  } finally {
    documents.remove();
  }
}

function failed(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}

/** Lets a few act at once; the others wait. */
function queue(most: number): <T>(act: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (act) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
