import { describe, expect, test } from 'vitest';
import { found, workflow } from './found.js';

function jobsOf(script: string, given: string): string[] {
  return found({ ...workflow(`- run: ./deploy.sh ${given}`), 'deploy.sh': `#!/bin/sh\n${script}` }).jobs;
}

const update = 'aws ecs update-service --cluster "$cluster" --service "$service" --region eu-west-1';
const cases = 'case "$1" in -c|--cluster) cluster=$2; shift ;; -s|--service) service="$2"; shift ;; esac\n  shift';
const job = (lines: string) =>
  `ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false region=eu-west-1 services=web ?account ${lines}`;

describe('a loop over the arguments of a script', () => {
  test.each([
    ['while [ "$1" != "" ]; do'],
    ['while [ -n "$1" ]; do'],
    ['while [[ $# -gt 0 ]]; do'],
    ['while [ $# -gt 0 ]; do'],
    ['while [ "$#" -ge 1 ]; do'],
    ['while [[ "$#" -ne 0 ]]; do'],
    ['while (( $# )); do'],
    ['while (( $# > 0 )); do'],
    ['while test $# -gt 0; do'],
    ['until [ $# -eq 0 ]; do'],
    ['until [ -z "$1" ]; do'],
  ])('%s', (head) => {
    const script = `${head}\n  ${cases}\ndone\n${update}\n`;
    expect(jobsOf(script, '-c main --service web')).toEqual([job(`@6,6`)]);
    expect(jobsOf(script, '--service web -c main')).toEqual([job(`@6,6`)]);
  });

  test('that ends at a word of its own', () => {
    const script = `while :; do\n  case "$1" in -c) cluster=$2; shift 2 ;; -s) service=$2; shift 2 ;; *) break ;; esac\ndone\n${update}\n`;
    expect(jobsOf(script, '-c main -s web')).toEqual([job('@5,6')]);
  });

  test('by getopts', () => {
    const script = `while getopts "c:s:v" opt; do\n  case $opt in c) cluster=$OPTARG ;; s) service="\${OPTARG}" ;; v) set -x ;; esac\ndone\n${update}\n`;
    expect(jobsOf(script, '-v -c main -s web')).toEqual([job('@5,6')]);
    expect(jobsOf(script, '-vcmain -sweb')).toEqual([job('@5,6')]);
  });

  test('by getopts with a silent start, and words behind it', () => {
    const script = `while getopts ":c:s:" opt; do\n  case $opt in c) cluster=$OPTARG ;; s) service=$OPTARG ;; esac\ndone\nshift $((OPTIND - 1))\n${update}\n`;
    expect(jobsOf(script, '-c main -s web more')).toEqual([job('@6,6')]);
  });

  test('with a value behind an equals sign', () => {
    const script = `for arg in "$@"; do\n  case $arg in --cluster=*) cluster="\${arg#*=}" ;; --service=*) service="\${arg#*=}" ;; esac\ndone\n${update}\n`;
    expect(jobsOf(script, '--cluster=main --service=web')).toEqual([job('@5,6')]);
  });

  test('of which a value is not known', () => {
    const script = `while [ $# -gt 0 ]; do\n  ${cases}\ndone\n${update}\n`;
    expect(jobsOf(script, '-c main -s "$NAME"')).toEqual([
      'ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false region=eu-west-1 ?account ?services @6,6',
    ]);
  });

  test.each([
    ['that waits', 'while [ "$1" != "" ]; do sleep 1; done'],
    ['that waits for a state', 'while [ "$STATE" != done ]; do STATE=$(cat state); done'],
    ['without end', 'while true; do sleep 5; done'],
    ['over more and more', 'while [ $# -gt 0 ]; do set -- "$@" x; done'],
  ])('%s ends', (_, loop) => {
    expect(jobsOf(`cluster=main\nservice=web\n${loop}\n${update}\n`, 'a b')).toEqual([job('@5,6')]);
  });

  test('in loops over loops ends', () => {
    const given = Array.from({ length: 200 }, (_, at) => `v${at}`).join(' ');
    const [open, close] = ['for a in "$@"; do case $a in x) ;; esac; '.repeat(5), 'done; '.repeat(5)];
    expect(
      jobsOf(`${update.replace('"$cluster"', 'main').replace('"$service"', 'web')}\n${open}${close}\n`, given),
    ).toEqual([job('@2,6')]);
  });

  test('is followed once for each of very many', () => {
    const given = Array.from({ length: 500 }, (_, at) => `-x v${at}`).join(' ');
    const script = `while [ $# -gt 0 ]; do\n  ${cases}\ndone\n${update}\n`;
    expect(jobsOf(script, `-c main -s web ${given}`)).toEqual([job('@6,6')]);
  });
});
