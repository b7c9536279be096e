import { webcrypto } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;
/** A job speaks to some dozens of hosts: one for each service, bucket and registry. */
const mostContexts = 256;
const day = 24 * 60 * 60 * 1000;

/** A certificate authority that lives as long as one run, so that clients can check the sandbox as they check AWS. */
export interface CertificateAuthority {
  /** The authority's certificate as PEM text, for `AWS_CA_BUNDLE` and its like. */
  readonly certificate: string;
  /** A certificate for one host name, made at its first use. */
  contextFor(host: string): Promise<SecureContext>;
}

/** Makes an authority with a key of its own, which is never written anywhere. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  await import('reflect-metadata'); // @peculiar/x509 cannot be loaded without it
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[1]);
  const keys = await newKeys();
  const validity = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 7 * day) };
  const name = 'CN=Postern sandbox of one run';
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name,
    keys,
    ...validity,
    signingAlgorithm: signing,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const certificate = authority.toString('pem');
  const contexts = new Map<string, Promise<SecureContext>>();

  async function issue(host: string): Promise<SecureContext> {
    const own = await newKeys();
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      subject: 'CN=postern-sandbox',
      issuer: name,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      ...validity,
      signingAlgorithm: signing,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey));
    return createSecureContext({ cert: leaf.toString('pem'), key: toPem('PRIVATE KEY', key) });
  }

  return {
    certificate: `${certificate}\n`,
    contextFor(host) {
      const context = contexts.get(host) ?? issue(host);
      // What was asked for last is kept longest.
      contexts.delete(host);
      contexts.set(host, context);
      const [oldest] = contexts.keys();
      if (contexts.size > mostContexts && oldest !== undefined) contexts.delete(oldest);
      return context;
    },
  };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

function newSerialNumber(): string {
  return `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(14))).toString('hex')}`;
}

function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
