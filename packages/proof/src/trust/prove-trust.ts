import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  listAtoms,
  tryBuild,
  type Atom,
  type PolicyDocument,
  type ProofOfAtom,
  type TokenCase,
  type TrustEntry,
} from '@postern/core';
import { createCertificateAuthority, createKeyPair } from '@postern/sandbox';
import { openStage } from '../stage.js';
import { plainText } from '../run-scenario.js';
import type { FoundTools, ProgramName } from '../tools.js';
import { forgedTokens } from './forged.js';
import { askingOf, isLetIn, type AnyTrustSample } from './sample.js';
import { openSdk } from './sdk.js';
import { openStand, secrets, type Stand } from './stand.js';

export interface TrustProofSettings {
  readonly tools: FoundTools;
  readonly onProgress?: (what: string, done: number, of: number) => void;
}

/** A token or a call that was refused, or should have been. */
export interface TrustHostile {
  readonly request: string;
  readonly cell: string;
}

/** What a proof of a trust entry showed. */
export interface TrustProof {
  readonly entry: TrustEntry;
  readonly tools: FoundTools;
  /** The samples whose honest tokens all got in, by a client each. */
  readonly cells: readonly string[];
  /** The clients that ran a job with an honest token, and were refused with a hostile one. */
  readonly clients: readonly ProgramName[];
  readonly atoms: readonly ProofOfAtom[];
  readonly hostile: readonly TrustHostile[];
  readonly requests: readonly string[];
  readonly findings: readonly string[];
  /** Cases that no client can send: `decide` alone was asked. */
  readonly decided: number;
}

/** Which programs run a job with a token, besides the SDK. */
const commandLines: readonly ProgramName[] = ['aws', 'aws-1'];

const noClient =
  'only AWS itself calls as one of its services, so no client can: the cases were decided by the policy alone';
const noClientSource = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

/**
 * Proves a trust entry from its cases: real clients ask the sandbox for sessions, with signed tokens of an issuer in the place
 * of the provider, or with the keys of callers. Every honest one gets in and runs a job within the role's policies and
 * boundary, every hostile one is refused, and without each part some of this turns.
 */
export async function proveTrust(
  entry: TrustEntry,
  samples: readonly AnyTrustSample[],
  { tools, onProgress }: TrustProofSettings,
): Promise<TrustProof> {
  const python = tools.boto3?.path;
  if (python === undefined) throw new RangeError('boto3 is missing: `npm run clients` installs it');
  const folder = mkdtempSync(join(tmpdir(), 'postern-prove-'));
  const sdk = openSdk(python);
  const stands: Stand[] = [];
  try {
    const [authority, pair] = [await createCertificateAuthority(), createKeyPair()];
    const opened = new Map<AnyTrustSample, Stand>();
    for (const sample of samples) {
      const stand = await openStand(sample, { folder, pair, authority, sdk });
      stands.push(stand);
      opened.set(sample, stand);
    }
    const prover = new TrustProver(entry, samples, opened, tools, folder, onProgress);
    return await prover.prove();
  } finally {
    await sdk.close();
    await Promise.all(stands.map((stand) => stand.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

class TrustProver {
  private readonly findings: string[] = [];
  private readonly hostile: TrustHostile[] = [];
  private decided = 0;

  constructor(
    private readonly entry: TrustEntry,
    private readonly samples: readonly AnyTrustSample[],
    private readonly stands: ReadonlyMap<AnyTrustSample, Stand>,
    private readonly tools: FoundTools,
    private readonly folder: string,
    private readonly onProgress: TrustProofSettings['onProgress'],
  ) {}

  async prove(): Promise<TrustProof> {
    const cells: string[] = [];
    for (const [index, sample] of this.samples.entries()) {
      if (await this.proveSample(sample)) cells.push(sample.name);
      this.onProgress?.('samples', index + 1, this.samples.length);
    }
    const clients = await this.runJobs();
    const all = listAtoms(this.entry);
    const atoms: ProofOfAtom[] = [];
    for (const [index, atom] of all.entries()) {
      atoms.push(await this.removeAtom(atom));
      this.onProgress?.('atoms', index + 1, all.length);
    }
    const sent = [...this.stands.values()].flatMap(({ sandbox }) =>
      sandbox.log.entries.map(({ service, operation }) => `${service}:${operation}`),
    );
    return {
      entry: this.entry,
      tools: this.tools,
      cells,
      clients,
      atoms,
      hostile: this.hostile,
      requests: [...new Set(sent)].sort(),
      findings: this.findings,
      decided: this.decided,
    };
  }

  private policyOf(sample: AnyTrustSample, entry: TrustEntry = this.entry): PolicyDocument {
    return tryBuild(entry, sample.options).document;
  }

  /** Asks for a session of a role with this trust policy; undefined where no client can. */
  private async ask(sample: AnyTrustSample, one: TokenCase, trust: PolicyDocument, secret?: string) {
    const stand = this.stands.get(sample)!;
    const asking = askingOf(sample, one);
    if (!stand.canAsk(asking)) return undefined;
    const answer = await stand.ask(stand.role(trust), asking, secret);
    if (answer.broken !== undefined) throw new Error(`${sample.name}, ${one.why}: ${answer.broken}`);
    return answer;
  }

  /** Every case of a sample under its whole policy. */
  private async proveSample(sample: AnyTrustSample): Promise<boolean> {
    const trust = this.policyOf(sample);
    let asked = 0;
    for (const one of [...sample.honest, ...(sample.alike ?? [])]) {
      const answer = await this.ask(sample, one, trust);
      if (answer === undefined) this.decided += 1;
      else asked += 1;
      if (answer?.refused !== undefined)
        this.findings.push(`not enough: in \`${sample.name}\`, this is refused: ${one.why} (${answer.message})`);
    }
    for (const one of sample.hostile) {
      const answer = await this.ask(sample, one, trust);
      if (answer === undefined) this.decided += 1;
      else if (answer.refused === undefined)
        this.findings.push(`too wide: in \`${sample.name}\`, this gets in: ${one.why}`);
      else this.hostile.push({ request: one.why, cell: sample.name });
    }
    return asked > 0;
  }

  /** In the first sample with a token: the clients run a job with it, and are refused with forged ones. */
  private async runJobs(): Promise<ProgramName[]> {
    const sample = this.samples.find((one) => one.honest.some((honest) => 'claims' in askingOf(one, honest)));
    const asking = sample && askingOf(sample, sample.honest[0]!);
    if (sample === undefined || asking === undefined || !('claims' in asking)) return [];
    const stand = this.stands.get(sample)!;
    const role = stand.role(this.policyOf(sample));
    const read = await stand.ask(role, asking, secrets.own);
    const fenced = await stand.ask(role, asking, secrets.other);
    if (read.secret !== 'own' || read.method !== 'assume-role-with-web-identity')
      this.findings.push(`not enough: boto3 does not read the secret of the job: ${JSON.stringify(read)}`);
    if (!/no permissions boundary allows/.test(fenced.message ?? ''))
      this.findings.push(`too wide: boto3 reads a secret beyond the boundary of the role: ${JSON.stringify(fenced)}`);
    const forged = forgedTokens(asking.claims, (claims, seconds) => stand.sign(claims, seconds));
    for (const { why, token, code } of forged) {
      const answer = await stand.show(role, token);
      if (answer.refused !== code)
        this.findings.push(`not refused with ${code}: a token with ${why}: ${JSON.stringify(answer)}`);
      else this.hostile.push({ request: `a token with ${why}`, cell: sample.name });
    }
    const hostile = sample.hostile.map((one) => askingOf(sample, one)).find((one) => 'claims' in one);
    const bad = hostile && 'claims' in hostile ? stand.sign(hostile.claims) : forged[0]!.token;
    const found = commandLines.filter((name) => this.tools[name] !== undefined);
    const good = stand.sign(asking.claims);
    await Promise.all(found.map((name) => this.runCommandLine(name, stand, role, good, bad)));
    return found;
  }

  private async runCommandLine(name: ProgramName, stand: Stand, role: string, good: string, bad: string) {
    const nobody = { accessKeyId: '', secretAccessKey: '', sessionToken: undefined, arn: '' };
    const stage = await openStage(stand.sandbox, nobody, this.folder, this.tools);
    const read = (token: string, secret: string) =>
      stage.run(name, ['secretsmanager', 'get-secret-value', '--secret-id', secret, '--output', 'text'], {
        env: {
          ...stand.environment(role, token),
          // What the AWS CLI keeps of its sessions is written by one run alone.
          HOME: mkdtempSync(join(this.folder, 'home-')),
          AWS_ACCESS_KEY_ID: '',
          AWS_SECRET_ACCESS_KEY: '',
        },
      });
    const [own, other, refused] = await Promise.all([
      read(good, secrets.own),
      read(good, secrets.other),
      read(bad, secrets.own),
    ]);
    if (own.code !== 0)
      this.findings.push(`not enough: ${name} does not read the secret of the job: ${own.stderr.trim()}`);
    if (other.code === 0 || !other.stderr.includes('no permissions boundary allows'))
      this.findings.push(`too wide: ${name} reads beyond the boundary of the role: ${other.stderr.trim()}`);
    if (refused.code === 0 || !refused.stderr.includes('AssumeRoleWithWebIdentity'))
      this.findings.push(`too wide: ${name} gets in with a hostile token: ${refused.stderr.trim()}`);
    await stage.close();
  }

  /** Takes one part away: a condition keeps a hostile case out, everything else lets an honest one in. */
  private async removeAtom(atom: Atom<TrustEntry>): Promise<ProofOfAtom> {
    const isFence = atom.kind === 'condition';
    let unsent = false;
    for (const sample of this.samples) {
      const without = this.policyOf(sample, atom.without);
      const whole = this.policyOf(sample);
      const cases = isFence ? sample.hostile : sample.honest;
      for (const one of cases) {
        if (isLetIn(whole, sample, one) === isFence || isLetIn(without, sample, one) !== isFence) continue;
        const answer = await this.ask(sample, one, without);
        if (answer === undefined) {
          unsent = true;
          continue;
        }
        if ((answer.refused === undefined) !== isFence) {
          this.findings.push(`no answer: without \`${atom.name}\`, boto3 and the policy say otherwise of: ${one.why}`);
          continue;
        }
        return {
          atom: atom.name,
          outcome: 'proved',
          cell: sample.name,
          tool: 'boto3',
          ...(isFence
            ? { hostile: one.why }
            : { scenario: 'sdk', step: one.why, error: plainText(answer.message ?? '') }),
        };
      }
    }
    if (unsent) return { atom: atom.name, outcome: 'claimed', why: noClient, source: noClientSource };
    this.findings.push(`unneeded: \`${atom.name}\`: no case turns without it`);
    return { atom: atom.name, outcome: 'claimed', why: 'no case turns without it', source: 'none' };
  }
}
