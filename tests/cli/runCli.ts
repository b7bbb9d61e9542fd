import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRun {
  readonly result: Promise<CliResult>;
  /** Sends a signal to the program. */
  readonly signal: (name: 'SIGINT' | 'SIGTERM') => void;
  /** Resolves when stderr contains the text; rejects when the program ended without it. */
  readonly sawOnStderr: (text: string) => Promise<void>;
  /** Closes our end of its stdout, as `head` does. */
  readonly closeStdout: () => void;
}

/** A new folder that is gone after the test. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'streamproof-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Starts the real program, as a person would in a pipe: no terminal on either side. */
export function startCli(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): CliRun {
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, GITHUB_ACTIONS: _actions, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...inherited, ...env } });
  child.stdin.end();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const result = new Promise<CliResult>((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  const sawOnStderr = (text: string) =>
    new Promise<void>((seen, ended) => {
      const look = () => stderr.includes(text) && seen();
      child.stderr.on('data', look);
      child.on('close', () => ended(new Error(`'${text}' did not come: ${stderr}`)));
      look();
    });
  return { result, signal: (name) => child.kill(name), sawOnStderr, closeStdout: () => child.stdout.destroy() };
}

export function runCli(cwd: string, ...args: string[]): Promise<CliResult> {
  return startCli(cwd, args).result;
}

/** A small cluster under load; `extra` is appended. */
export function scenarioText(name: string, extra = '', duration = '10s'): string {
  return `name: ${name}
duration: ${duration}
clusters:
  main:
    kafka: "4.1"
    brokers: { count: 3 }
    topics:
      orders: { partitions: 3, replicationFactor: 3 }
producers:
  checkout: { to: orders, rate: 200/s, record: { size: 1KiB }, config: { acks: all } }
${extra}`;
}

export const NOTHING_LOST = `expect:
  - { name: nothing is lost, noRecordLoss: { topic: orders } }
`;

export const MUST_FAIL = `expect:
  - { name: records get lost, violated: true, noRecordLoss: { topic: orders } }
`;
