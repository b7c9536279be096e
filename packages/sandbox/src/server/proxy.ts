import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { partitions } from '@postern/core';
import type { CertificateAuthority } from './certificate-authority.js';

const suffixes = [...new Set(Object.values(partitions).map(({ dnsSuffix }) => dnsSuffix)), 'api.aws'];

/** Whether two texts are the same, told in the same time whatever they are. */
function isEqual(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(first!, second!);
}

/** Whether AWS answers under a host name. */
export function isAwsHost(host: string): boolean {
  return host.length <= 253 && /^[a-z0-9.-]+$/.test(host) && suffixes.some((suffix) => host.endsWith(`.${suffix}`));
}

/**
 * Makes a server a proxy as well: a tunnel to an AWS host ends here, under a certificate of the run's own authority; a
 * tunnel to any other host is refused.
 * @param onRequest what answers the requests inside the tunnels
 * @param onRefused told of each other host
 * @param secret the password of the tunnels
 */
export function addProxy(
  server: Server,
  authority: () => Promise<CertificateAuthority>,
  onRequest: Parameters<typeof createTlsServer>[1],
  onRefused: (host: string) => void,
  secret: string,
): TlsServer {
  const password = `Basic ${Buffer.from(`postern:${secret}`).toString('base64')}`;
  const inside = createTlsServer(
    {
      SNICallback: (host, done) => {
        const name = host.toLowerCase();
        if (!isAwsHost(name)) return done(new Error('the name is not AWS'));
        authority()
          .then((ready) => ready.contextFor(name))
          .then(
            (context) => done(null, context),
            (error: Error) => done(error),
          );
      },
    },
    onRequest,
  );
  inside.on('tlsClientError', (_error, socket) => socket.destroy());
  inside.on('clientError', (_error, socket) => socket.destroy());
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isEqual(request.headers['proxy-authorization'] ?? '', password)) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="postern sandbox"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
      );
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').toLowerCase().split(':');
    if (!isAwsHost(host) || port !== '443') {
      onRefused(request.url ?? '');
      const text = `postern sandbox: \`${host}\` is not AWS, and nothing else is reached from here\n`;
      socket.end(
        `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
      );
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    inside.emit('connection', socket);
  });
  return inside;
}
