import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock } from './lib/lock-file.mjs';
import { root } from './lib/paths.mjs';

/**
 * Adds to package-lock.json the optional packages of other systems that npm left out; to be run after the lock file
 * was written anew: `node scripts/complete-lock.mjs`.
 */
const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = completeLock(lock);
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
for (const name of added) console.log(`added ${name}`);
console.log(`${added.length} entries added`);
