import { describe, expect, test } from 'vitest';
import { found } from './found.js';

const push = 'docker push 111122223333.dkr.ecr.eu-west-1.amazonaws.com/${{ matrix.app }}:1';
const pick = (...lines: readonly string[]) =>
  `  pick:\n    runs-on: x\n    outputs: { list: '\${{ steps.x.outputs.list }}' }\n    steps:\n      - id: x\n        run: |\n${lines.map((line) => `          ${line}\n`).join('')}`;
const ship = (matrix: string, more = '') =>
  `  ship:\n    needs: pick\n    runs-on: x\n${more}    strategy:\n      matrix:${matrix}\n    steps:\n      - run: ${push}\n`;

function repositories(...jobs: readonly string[]) {
  const { jobs: all } = found({ '.github/workflows/a.yml': `on: push\njobs:\n${jobs.join('')}` }).whole;
  return all.flatMap(({ options, open }) => [
    ...[options['repositories'] ?? []].flat(),
    ...open.filter((name) => name === 'repositories').map((name) => `?${name}`),
  ]);
}

describe('a matrix that an expression gives', () => {
  test.each([
    ['an axis', ` { app: "\${{ fromJSON('[\\"web\\", \\"api\\"]') }}" }`],
    ['the whole', ` \${{ fromJSON('{"app":["web","api"]}') }}`],
    ['what is included', ` \${{ fromJSON('{"include":[{"app":"web"},{"app":"api"}]}') }}`],
    ['a list to include', ` { include: "\${{ fromJSON('[{\\"app\\": \\"web\\"}, {\\"app\\": \\"api\\"}]') }}" }`],
    ['one of two', ` { app: "\${{ github.ref == 'x' && fromJSON('[\\"web\\"]') || fromJSON('[\\"api\\"]') }}" }`],
  ])('%s', (_, matrix) => {
    expect(repositories(ship(matrix))).toEqual(['web', 'api']);
  });

  test('that another job writes, nothing of which is no value', () => {
    const job = ship(' ${{ fromJSON(needs.pick.outputs.list) }}');
    const both = ['if [ "$A" = b ]; then', `echo 'list={}' >> $GITHUB_OUTPUT`, 'else'];
    const written = [`echo 'list={"app":["web","api"]}' >> $GITHUB_OUTPUT`, 'fi'];
    expect(repositories(pick(...both, ...written), job)).toEqual(['web', 'api']);
    expect(repositories(pick(`echo "list={}" >> $GITHUB_OUTPUT`), job)).toEqual(['?repositories']);
    expect(repositories(pick(`echo "list=$(jq -c . apps.json)" >> $GITHUB_OUTPUT`), job)).toEqual(['?repositories']);
  });

  test('holds no object and no list as a text', () => {
    expect(repositories(ship(` \${{ fromJSON('{"app":[{"name":"web"},["api"]]}') }}`))).toEqual(['?repositories']);
  });
});

test('a list contains what one of its items is, and no part of one', () => {
  const guarded = (list: string) =>
    repositories(ship(' { app: [web] }', `    if: contains(fromJSON('${list}'), 'live')\n`));
  expect(guarded('["live", "test"]')).toEqual(['web']);
  expect(guarded('["livelier"]')).toEqual([]);
});

test('a list that is joined is a text of the script', () => {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: for name in \${{ join(fromJSON('["web", "api"]'), ' ') }}; do aws ecs update-service --cluster main --service $name; done\n`;
  expect(found({ '.github/workflows/a.yml': text }).whole.jobs[0]?.options['services']).toEqual(['web', 'api']);
});

test('a loop over what may be nothing does not run for nothing', () => {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - id: x\n        run: |\n          if [ "$A" = b ]; then echo "all=" >> $GITHUB_OUTPUT; else echo "all=$NAMES" >> $GITHUB_OUTPUT; fi\n      - run: for name in \${{ steps.x.outputs.all }}; do aws ecs update-service --cluster main --service app-$name; done\n`;
  expect(found({ '.github/workflows/a.yml': text }).whole.jobs[0]?.options['services']).toEqual(['app-*']);
});
