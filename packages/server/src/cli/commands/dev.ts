import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { defaultPolicy, type Policy } from '../../budgets/policy.ts';
import { type Config, readConfig } from '../../config/environment.ts';
import { readKeyEncryptionKey } from '../../config/key-file.ts';
import { openDatabase } from '../../config/open.ts';
import { readPolicy } from '../../config/policy-file.ts';
import { demoAnalysts, seedAnalysts } from '../../dev/analysts.ts';
import { type DemoAttack, openDemoCase } from '../../dev/attack/attack.ts';
import type { DemoPopulation } from '../../dev/population.ts';
import { type DemoRegion, demoRegion } from '../../dev/region.ts';
import { demoRoutes } from '../../dev/routes.ts';
import { seedDemo } from '../../dev/seed.ts';
import { type DevState, devState } from '../../dev/state.ts';
import type { Hall, HallOptions } from '../../hall.ts';
import { startService } from '../service.ts';
import { stopRequested } from '../terminal/index.ts';
import { print } from '../with-context.ts';

/** Tokens of demo members last for a working month, so that scripts can rely on `dev.json`. */
const tokenTtlSecs = 30 * 86_400;

/** In the demo nobody wants to wait ten minutes for a batch. */
const demoBatchSecs = 5;

export function devCommand(): Command {
  return new Command('dev')
    .description('Run the service on embedded stores with a seeded demo and the web app')
    .option('--port <n>', 'port to listen on; without it, 8420 or the next free one')
    .option('--json', 'print one JSON document when listening')
    .action(async ({ json, port }: { json?: boolean; port?: string }) => {
      const config = readConfig({
        LOG_LEVEL: 'warn',
        // Scripts on this machine may play members from anywhere.
        KITH_TRUSTED_PROXIES: 'loopback',
        // The host under development is on it too.
        KITH_WEBHOOK_PRIVATE: 'on',
        ...process.env,
        ...(port !== undefined && { PORT: port }),
      });
      const say = (text: string) => process.stderr.write(`kith: ${text}\n`);
      const { key } = await readKeyEncryptionKey(config);
      say('starting the embedded database');
      const database = await openDatabase({ ...config, databaseUrl: undefined }, { log: say });
      try {
        const state = await devState(config.home, Date.now());
        const region = demoRegion(state.townAt);
        const hall = await startOnFreePort(config, port === undefined && !process.env.PORT, {
          databaseUrl: database.url,
          keyEncryptionKey: key,
          policy: await demoPolicy(config),
          tokenTtlSecs,
          state,
          region,
          say,
        });
        await welcome(config, hall, { state, town: region.town, json });
        await stopRequested();
        say('stopping');
        await hall.stop();
      } finally {
        await database.stop();
      }
    });
}

async function demoPolicy(config: Config): Promise<Policy> {
  if (config.policyFile) return readPolicy(config.policyFile);
  return {
    ...defaultPolicy,
    // A night takes minutes here: names cannot wait for a day.
    reveals: { ...defaultPolicy.reveals, batchSecs: demoBatchSecs, burstWaitSecs: demoBatchSecs },
    // The region is small and its attack large, and a visitor shall be able to act on what is found. The attack has itself
    // looked at; while the past is being told, half of a crowd would be no crowd.
    enforcement: { ...defaultPolicy.enforcement, shadow: false, flaggedShareMax: 0.1, everySecs: 600 },
  };
}

type DevOptions = Pick<HallOptions, 'databaseUrl' | 'keyEncryptionKey' | 'policy' | 'tokenTtlSecs'> & {
  state: DevState;
  region: DemoRegion;
  say: (text: string) => void;
};

const portsTried = 20;

/** A port that the user named is used or refused; the usual one may give way to the next. */
async function startOnFreePort(
  config: Config,
  mayMove: boolean,
  { state, region, say, ...options }: DevOptions,
): Promise<Hall> {
  const analysts = await demoAnalysts(state);
  let attack: DemoAttack | undefined;
  for (let offset = 0; ; offset += 1) {
    try {
      const port = config.http.port + offset;
      const hall = await startService(config, {
        ...options,
        port,
        extend: demoRoutes(region, (made) => {
          attack = made;
        }),
        demoAnalysts: analysts,
      });
      await seedAnalysts(hall.context, analysts);
      await seedOnce(hall, region.town, say);
      if (!state.lived && attack) tellPast(attack, state, say);
      return hall;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || !mayMove || offset === portsTried) throw error;
      say(`port ${config.http.port + offset} is taken, trying the next`);
    }
  }
}

/** In the background: the service answers meanwhile, and nobody but the watch room needs the past. */
function tellPast(attack: DemoAttack, state: DevState, say: (text: string) => void): void {
  const keep = async (lived: boolean) => {
    if (lived) await state.save({ lived });
  };
  attack
    .live()
    .then(keep)
    .catch((error: { code?: string; message: string }) =>
      say(`the town's past could not be told: ${error.code ?? error.message}`),
    );
}

async function seedOnce(hall: Hall, town: DemoPopulation, say: (text: string) => void): Promise<void> {
  const last = town.people.at(-1)!.member.id;
  const seeded = await hall.context.database.query(`select 1 as one from members where member_id = $1`, [
    last,
  ]);
  if (seeded.length === 0) await seedDemo(hall.context, town, say);
  await openDemoCase(hall.context);
}

interface Welcome {
  state: DevState;
  town: DemoPopulation;
  json: boolean | undefined;
}

async function welcome(config: Config, hall: Hall, { state, town, json }: Welcome): Promise<void> {
  const serviceKey = state.serviceKey ?? (await hall.createServiceKey('kith dev'));
  if (!state.serviceKey) await state.save({ serviceKey });
  const signIns = await Promise.all(
    town.signIns.map(async ({ member }) => ({
      id: member.id,
      name: member.card.name,
      phone: member.phone,
      ...(await hall.tokens.issue(member.id)),
    })),
  );
  const file = join(config.home, 'dev.json');
  const analysts = await demoAnalysts(state);
  const dev = { origin: hall.origin, serviceKey, signIns, analysts };
  await writeFile(file, `${JSON.stringify(dev, null, 2)}\n`, { mode: 0o600 });
  const names = signIns
    .slice(0, 3)
    .map((signIn) => signIn.name)
    .join(', ');
  print(
    json,
    dev,
    `
  Kith is running at ${hall.origin}

  Sign in    open it and choose one of the demo members (${names}, …)
  Analysts   ${hall.origin}/analyst (${analysts.map(({ name, role }) => `${name}, ${role}`).join('; ')})
  API        ${hall.origin}/docs
  Scripts    origin, service key and tokens are in ${file}
  Stop       Ctrl-C; what is stored in ${config.home} stays
`,
  );
}
