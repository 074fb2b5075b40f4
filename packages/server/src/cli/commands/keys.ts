import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Problem } from '@kith/protocol';
import { Command, Option } from 'commander';
import { nameKeyOf } from '../../analysts/names.ts';
import { readAnalyst } from '../../analysts/store.ts';
import { createServiceKey } from '../../auth/service-keys.ts';
import { listServiceKeys, type Role, revokeServiceKey } from '../../auth/store.ts';
import { readConfig } from '../../config/environment.ts';
import { decode, readKeyEncryptionKey } from '../../config/key-file.ts';
import type { Context } from '../../context.ts';
import { rotateKeyEncryptionKey } from '../../keys/keyring.ts';
import { exitCodes, table } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';
import { ceremonyCommand } from './ceremony.ts';

interface Json {
  json?: boolean;
}

/** Service keys of hosts, and the key-encryption key. */
export function keysCommand(): Command {
  const keys = new Command('keys').description("Hosts' service keys, and the key-encryption key");

  keys
    .command('create')
    .description('Make a service key; it is shown this once, only its hash is kept')
    .option('--label <text>', 'what it is for, or whose it is', 'host')
    .addOption(
      new Option('--role <role>', 'what it may do')
        .choices(['host', 'viewer', 'analyst', 'approver', 'admin'])
        .default('host'),
    )
    .option('--owner <analyst>', 'whose it is: what it does, that analyst does')
    .option('--json', 'print one JSON document')
    .action(async ({ label, role, owner, json }: Json & { label: string; role: Role; owner?: string }) => {
      const serviceKey = await withContext((context) => createKey(context, label, role, owner));
      print(json, { keyId: keyIdOf(serviceKey), label, role, serviceKey }, serviceKey);
    });

  keys
    .command('list')
    .description('Show the service keys, without their secrets')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Json) => {
      const rows = await withContext((context) => listServiceKeys(context.database));
      const shown = rows.map((row) => ({
        keyId: row.key_id,
        label: row.label,
        role: row.role,
        owner: row.owner,
        createdAt: row.created_at.toISOString(),
        revokedAt: row.revoked_at?.toISOString() ?? null,
      }));
      print(json, { keys: shown }, table(shown) || 'no service keys yet: kith keys create');
    });

  keys
    .command('revoke')
    .description('Revoke a service key, within seconds on every server')
    .argument('<keyId>')
    .option('--json', 'print one JSON document')
    .action(async (keyId: string, { json }: Json) => {
      const revoked = await withContext((context) => revokeServiceKey(context.database, keyId));
      print(
        json,
        { keyId, revoked },
        revoked ? `revoked ${keyId}` : `no such key, or revoked before: ${keyId}`,
      );
      if (!revoked) process.exitCode = exitCodes.failed;
    });

  keys
    .command('rotate')
    .description('Replace a service key: make another, then revoke the old one')
    .argument('<keyId>')
    .option('--json', 'print one JSON document')
    .action(async (keyId: string, { json }: Json) => {
      const serviceKey = await withContext(async ({ database }) => {
        const old = (await listServiceKeys(database)).find((row) => row.key_id === keyId && !row.revoked_at);
        if (!old) throw new Problem('service_key_invalid', `No key ${keyId} is in force`);
        const made = await createServiceKey(database, old.label, old.role, old.owner);
        await revokeServiceKey(database, keyId);
        return made;
      });
      print(json, { keyId: keyIdOf(serviceKey), replaces: keyId, serviceKey }, serviceKey);
    });

  keys
    .command('rotate-kek')
    .description('Wrap the service secrets under another key-encryption key; nothing else changes')
    .requiredOption('--to <file>', 'file with the new key, 32 bytes as base64 or hex')
    .option('--json', 'print one JSON document')
    .action(async ({ to, json }: Json & { to: string }) => {
      const next = decode(await readFile(to, 'utf8'), to);
      const { key } = await readKeyEncryptionKey(readConfig(process.env));
      await withContext((context) => rotateKeyEncryptionKey(context.database, key, next));
      print(json, { rotated: true }, `rotated: start the service with the key of ${to} from now on`);
    });

  keys
    .command('rotate-oprf')
    .description(
      'Start a new version of the key of blinded lookups; it is used from the day all members are under it',
    )
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Json) => {
      const version = await withContext((context) => context.oprf.rotate(context.database));
      print(json, { version }, `version ${version} is being published; clients change over by themselves`);
    });

  keys.addCommand(ceremonyCommand());

  keys
    .command('generate-kek')
    .description('Print a fresh key-encryption key')
    .action(() => print(false, {}, randomBytes(32).toString('base64')));

  return keys;
}

/** @throws Problem `analyst_unknown`, `role_insufficient`: a host's key is nobody's own */
async function createKey({ database }: Context, label: string, role: Role, owner?: string): Promise<string> {
  if (owner === undefined) return createServiceKey(database, label, role);
  if (role === 'host')
    throw new Problem('role_insufficient', "A host's key has no owner; choose another role");
  const analyst = await readAnalyst(database, nameKeyOf(owner));
  if (!analyst) throw new Problem('analyst_unknown', `No analyst is called ${owner}`);
  return createServiceKey(database, label, role, analyst.name);
}

const keyIdOf = (serviceKey: string) => serviceKey.split('_')[2];
