import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** The Chromium of this machine; POSTERN_CHROMIUM names another. None is downloaded. */
export function findChromium(): string | undefined {
  return [process.env['POSTERN_CHROMIUM'] ?? '', ...places].find((path) => path !== '' && existsSync(path));
}

/** Whether a run without a browser is a failure: `.ci/run` says so where it has one. */
export const mustHave = (process.env['POSTERN_REQUIRE'] ?? '').split(',').includes('chromium');

/** What it is started with. */
export function argumentsOf(): string[] {
  // In a container, root has no user namespaces for the sandbox; the pages are our own.
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Opens the Chromium of this machine. */
export function openChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: argumentsOf() });
}
