// The program in the browser tests: built below target/ beside the site that the tests are given.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from './expect.mjs';

/** The checkout. */
export const project = dirname(resolve(process.argv[2] ?? 'public'));
const target = process.env.CARGO_TARGET_DIR ?? join(project, 'target');
export const program = ['release', 'debug'].map((profile) => join(target, profile, 'wenzhai')).find(existsSync);

/** A temporary folder. */
export const folder = () => mkdtemp(join(tmpdir(), 'wenzhai-browser-'));

/** Starts the program and waits until it prints what is looked for, whose first group is the address. */
export async function start(args, options, wanted) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options, env: { ...process.env, ...options.env } });
  let stderr = '';
  const address = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`the program did not start: ${stderr}`)), 60_000);
    child.on('exit', (code) => failed(new Error(`the program ended with ${code}: ${stderr}`)));
    child.stderr.on('data', (part) => {
      stderr += part;
      const match = stderr.match(wanted);
      if (!match) return;
      clearTimeout(timer);
      found(match[1]);
    });
  });
  const stop = () => new Promise((done) => {
    child.removeAllListeners('exit').on('exit', done);
    if (child.exitCode !== null || !child.kill()) done();
  });
  return { address, stop };
}

/** Waits until something is so, at most 15 seconds. */
export async function until(what, is) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await is()) return expect(what, true, true);
    await new Promise((done) => setTimeout(done, 25));
  }
  return expect(what, false, true);
}
