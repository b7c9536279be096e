import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** Steps that speak of AWS and do nothing there. */
const nothing: readonly (readonly [string, string])[] = [
  ['a command that is only printed', '- run: echo "aws ecs update-service --cluster a --service b"'],
  ['a command in a file', "- run: |\n    cat > notes.txt <<'EOF'\n    aws s3 sync a s3://b\n    EOF"],
  ['a comment', '- run: |\n    # aws s3 sync a s3://b\n    true'],
  ['another vendor', '- run: aws s3 sync a s3://b --endpoint-url "$R2_URL"'],
  ['another vendor by a variable', '- env: { AWS_ENDPOINT_URL: "https://x.example" }\n  run: aws s3 sync a s3://b'],
  ['a stand-in', '- run: awslocal s3 mb s3://b'],
  ['another machine', '- run: ssh host "aws s3 sync a s3://b"'],
  ['another machine, a heredoc', '- run: |\n    ssh host <<EOF\n    aws s3 sync a s3://b\n    EOF'],
  ['a step that never runs', '- if: false\n  run: aws s3 sync a s3://b'],
  ['who am I', '- run: aws sts get-caller-identity && aws --version && aws configure list'],
  ['a push elsewhere', '- run: docker push ghcr.io/a/b:1'],
  ['a push to a registry of a user', '- run: docker push ${{ secrets.DOCKERHUB_USERNAME }}/b:1'],
  ['terraform without a backend', '- run: terraform init -backend=false && terraform validate'],
  ['terraform of another cloud', '- uses: google-github-actions/auth@v2\n- run: terraform init'],
  ['a function that is never called', '- run: |\n    f() { aws s3 sync a s3://b; }\n    true'],
  ['a job in another language', '- shell: python\n  run: |\n    print("aws s3 sync a s3://b")'],
];

test.each(nothing)('%s is no job', (_, steps) => {
  expect(found(workflow(steps))).toMatchObject({ jobs: [], notCovered: [] });
});

test('a job that is commented out is none', () => {
  const text =
    'on: push\njobs:\n  # ship:\n  #   runs-on: x\n  #   steps: [{ run: aws s3 sync a s3://b }]\n  test:\n    runs-on: x\n    steps: [{ run: "true" }]\n';
  expect(found({ '.github/workflows/a.yml': text })).toMatchObject({ jobs: [], notCovered: [] });
});

test('what no entry covers is listed with its line', () => {
  const { notCovered } = found(
    workflow(
      '- run: |\n    true\n    aws rds create-db-snapshot --db-snapshot-identifier x\n- uses: awslabs/amazon-app-runner-deploy@main',
    ),
  );
  expect(notCovered).toEqual(['aws rds create-db-snapshot @8', 'awslabs/amazon-app-runner-deploy @9']);
});

/** Texts that would cost without end, or break what follows them. */
const hostile: readonly (readonly [string, string])[] = [
  [
    'aliases that grow',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghijkl'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghijkl'[at]!}`).join(',')}]\n`)
      .join('')}jobs: *l\non: push\n`,
  ],
  ['an anchor in itself', 'on: push\njobs: &a\n  b: *a\n'],
  ['a shell that does not parse', 'on: push\njobs: { a: { steps: [{ run: "if then fi ((( ${{ $(" }] } }\n'],
  ['deep brackets', `on: push\njobs: { a: { steps: [{ run: ${JSON.stringify('$('.repeat(5000))} }] } }\n`],
  ['a long pipe', `on: push\njobs: { a: { steps: [{ run: ${JSON.stringify('a | '.repeat(20_000))} }] } }\n`],
  [
    'spaces without end in cmd',
    `on: push\njobs: { a: { steps: [{ shell: cmd, run: ${JSON.stringify(`set A=${' '.repeat(100_000)}"x\nset ${'a'.repeat(100_000)}`)} }] } }\n`,
  ],
  [
    'spaces without end in PowerShell',
    `on: push\njobs: { a: { steps: [{ shell: pwsh, run: ${JSON.stringify(`$a = "x"${' '.repeat(100_000)}y\n$a = ${' '.repeat(100_000)}`)} }] } }\n`,
  ],
  [
    'a matrix of itself',
    'on: push\njobs: { a: { strategy: { matrix: "${{ matrix.a }}" }, steps: [{ run: "x ${{ matrix.a }}" }] } }\n',
  ],
  [
    'axes of axes',
    `on: push\njobs: { a: { strategy: { matrix: { ${Array.from({ length: 60 }, (_, axis) => `a${axis}: ["\${{ matrix.a${axis + 1} }}", "\${{ matrix.a${axis + 1} }}x"]`).join(', ')} } }, steps: [{ run: "x \${{ matrix.a0 }}" }] } }\n`,
  ],
  [
    'deep JSON',
    `on: push\njobs: { a: { strategy: { matrix: { a: "\${{ fromJSON('${'['.repeat(100_000)}${']'.repeat(100_000)}') }}" } }, steps: [{ run: "x \${{ matrix.a }}" }] } }\n`,
  ],
  [
    'many branches',
    `on: push\njobs: { a: { steps: [{ run: ${JSON.stringify('[ "$X" = a ] && Y=$Y$Y"b" || Y=$Y"c"\n'.repeat(500))} }] } }\n`,
  ],
  [
    'a text that doubles',
    `on: push\njobs: { a: { steps: [{ run: ${JSON.stringify(`A=aaaaaaaa\n${'A=$A$A\n'.repeat(200)}aws s3 sync x s3://$A`)} }] } }\n`,
  ],
  [
    'names of prototypes',
    'on: push\njobs: { __proto__: { steps: [{ run: x }] }, constructor: { needs: toString, steps: [{ uses: "__proto__@1" }] } }\n',
  ],
];

test.each(hostile)('%s ends soon', (_, text) => {
  const before = performance.now();
  found({ '.github/workflows/a.yml': text });
  expect(performance.now() - before).toBeLessThan(5000);
});
