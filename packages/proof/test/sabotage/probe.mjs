// A small real client: it looks at a bucket as `terragrunt backend bootstrap` does, and can be told to misbehave.
import { appendFileSync, readFileSync } from 'node:fs';

const [mode = 'honest', from = '0', counter = '', version = '1.2.3', ...args] = process.argv.slice(2);
if (args[0] === '--version') {
  process.stdout.write(`skopeo version ${version}\n`);
  process.exit(0);
}
const [endpoint, bucket] = args;
appendFileSync(counter, '.');
const bad = readFileSync(counter).length > Number(from);
const key = process.env['AWS_ACCESS_KEY_ID'];
const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0`;

for (const [method, query] of [
  ['HEAD', ''],
  ['GET', '?versioning'],
  ['GET', '?policy'],
]) {
  if (bad && mode === 'late') await new Promise((resolve) => setTimeout(resolve, 700));
  const response = await fetch(`${endpoint}/${bucket}${query}`, { method, headers: { authorization } });
  if (response.status === 403 && !(bad && mode === 'swallows')) {
    process.stderr.write(`error: ${method} ${query}: 403 AccessDenied: not authorized\n`);
    process.exit(1);
  }
}
if (bad && (mode === 'breaks' || mode === 'swallows')) {
  process.stderr.write('error: could not connect\n');
  process.exit(1);
}
if (bad && mode === 'crashes') process.kill(process.pid, 'SIGSEGV');
if (bad && (mode === 'crashes' || mode === 'hangs')) setInterval(() => undefined, 1000);
