import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

/** A transport, and when all that was asked over it is answered: what was asked before the input ended is answered still. */
export function countOpen(inner: Transport): { readonly transport: Transport; idle(): Promise<void> } {
  const open = new Set<RequestId>();
  let settle: (() => void) | undefined;
  const close = (id: RequestId) => {
    open.delete(id);
    if (open.size === 0) settle?.();
  };
  const transport: Transport = {
    start() {
      inner.onmessage = (message) => {
        if (isRequest(message)) open.add(message.id);
        const cancelled = cancelledBy(message);
        transport.onmessage?.(message);
        // No answer comes to what was cancelled.
        if (cancelled !== undefined) close(cancelled);
      };
      inner.onclose = () => transport.onclose?.();
      inner.onerror = (error) => transport.onerror?.(error);
      return inner.start();
    },
    async send(message) {
      await inner.send(message);
      if ('id' in message && !('method' in message) && message.id !== undefined) close(message.id);
    },
    close: () => inner.close(),
  };
  return {
    transport,
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((done) => (settle = done))),
  };
}

function isRequest(message: JSONRPCMessage): message is Extract<JSONRPCMessage, { method: string; id: RequestId }> {
  return 'method' in message && 'id' in message;
}

function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
  if (!('method' in message) || message.method !== 'notifications/cancelled') return undefined;
  const id = message.params?.['requestId'];
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}
