#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureConsole } from '../scripts/lib/console.mjs';
import { handOver } from '../scripts/lib/hand-over.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { fail, StartError } from '../scripts/lib/say.mjs';

/**
 * The `kith` command from a fresh clone: plain JavaScript for whatever Node the system has, without dependencies.
 * It installs if need be, builds the web app if need be, and hands over to the Node that the checkout brings along.
 *
 * The workshop's commands are sent to the workshop here, since no room may import it.
 */
const workshopCommands = ['lab', 'bench'];
const commandsWithWebApp = ['dev', 'serve'];

const args = process.argv.slice(2);
const command = args.find((arg) => !arg.startsWith('-')) ?? '';
const room = workshopCommands.includes(command) ? 'lab/src/cli.ts' : 'server/src/cli/main.ts';
// Reading old logs needs nothing of the service, and should start at once.
const file = command === 'investigate' ? 'server/src/cli/investigate.ts' : room;
const entry = join(root, 'packages', ...file.split('/'));

try {
  await ensureInstalled();
  if (commandsWithWebApp.includes(command) && !args.includes('--help')) await ensureConsole();
  if (!existsSync(entry)) throw new StartError(`this checkout has no ${entry}`);
  await handOver(entry, args);
} catch (error) {
  fail(error);
}
