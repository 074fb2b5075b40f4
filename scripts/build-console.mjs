import { ensureConsole } from './lib/console.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fail } from './lib/say.mjs';

/** Builds the web app if its sources have changed: `node scripts/build-console.mjs`. */
try {
  await ensureInstalled();
  await ensureConsole();
} catch (error) {
  fail(error);
}
