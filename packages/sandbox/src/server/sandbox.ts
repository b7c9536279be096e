import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { DocumentSource } from '@postern/core';
import { createPrincipals, type Principals } from '../principals/principals.js';
import { createWorld, type AccountPlace, type World } from '../world/world.js';
import { createCertificateAuthority, type CertificateAuthority } from './certificate-authority.js';
import { handle } from './handle.js';
import { listen } from './listen.js';
import { createLog, type Log } from './log.js';
import { addProxy } from './proxy.js';

export interface SandboxSettings {
  /** The account and region of the resources. */
  readonly place?: AccountPlace;
  /** Whether whatever a request names is taken to exist; off, the account starts empty. */
  readonly assumeExisting?: boolean;
  /** Policies of roles that may be assumed, by role ARN; a role that is not here may do anything. */
  readonly roles?: Readonly<Record<string, readonly DocumentSource[]>>;
  /** An authority that several sandboxes share; without it, one is made at the first use of the proxy. */
  readonly authority?: CertificateAuthority;
}

/** A running AWS stand-in. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`: the endpoint of every service, for requests that a key of the sandbox signs. */
  readonly endpoint: string;
  /** The proxy for unchanged host names, with the password of this run, which no other user of the machine knows. */
  readonly proxy: string;
  /** The endpoint with the secret of this run in its path, for requests that nobody signs. */
  readonly trustedEndpoint: string;
  readonly place: AccountPlace;
  readonly world: World;
  readonly principals: Principals;
  readonly log: Log;
  /** Hosts other than AWS's that somebody tried to reach through the proxy. */
  readonly refusedHosts: ReadonlySet<string>;
  /** The authority that signs what the proxy shows. */
  authority(): Promise<CertificateAuthority>;
  /** Ends it, open connections included. */
  close(): Promise<void>;
}

/** Starts a sandbox on a free port of 127.0.0.1. Several run at once without seeing each other. */
export async function startSandbox(settings: SandboxSettings = {}): Promise<Sandbox> {
  const place = settings.place ?? { account: '123456789012', region: 'eu-west-1' };
  const world = createWorld(place, { assumeExisting: settings.assumeExisting ?? false });
  const principals = createPrincipals(world, settings.roles);
  const log = createLog();
  const refusedHosts = new Set<string>();
  let authority = settings.authority === undefined ? undefined : Promise.resolve(settings.authority);
  const getAuthority = () => (authority ??= createCertificateAuthority());
  const onRefused = (host: string) => {
    if (refusedHosts.size < 100) refusedHosts.add(host);
  };
  const secret = randomBytes(24).toString('hex');
  const setting = { world, principals, log, onRefused, secret };

  const server = createServer((request, response) => void handle(request, response, setting));
  const inside = addProxy(
    server,
    getAuthority,
    (request, response) => void handle(request, response, setting, true),
    onRefused,
    secret,
  );
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;

  return {
    endpoint: `http://127.0.0.1:${port}`,
    proxy: `http://postern:${secret}@127.0.0.1:${port}`,
    trustedEndpoint: `http://127.0.0.1:${port}/${secret}`,
    place,
    world,
    principals,
    log,
    refusedHosts,
    authority: getAuthority,
    async close() {
      inside.close();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await world.close();
    },
  };
}
