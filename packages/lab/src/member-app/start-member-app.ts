import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MemberInput } from '@kith/protocol';
import type { Policy } from '@kith/server';
import { type DemoPopulation, demoRegion, demoRoutes } from '@kith/server/dev';
import { createClock } from '../harness/clock.ts';
import { startKith, type TestKith } from '../harness/start-kith.ts';

const require = createRequire(import.meta.url);
const consoleDir = dirname(require.resolve('@kith/console/package.json'));
/** The web app as it is built. */
export const webAppDir: string = join(consoleDir, 'dist');

export interface MemberAppOptions {
  /** Members of the demo town. */
  townSize: number;
  /** Where virtual time begins; default now, so that the browser's clock agrees. */
  startMs?: number;
  policy?: Policy;
}

/** The whole system with its web app and a demo town, all members loaded. */
export interface MemberApp {
  kith: TestKith;
  town: DemoPopulation;
  /** Adds a member and gives the address that signs it in, as its host's app would make it. */
  signInAddress(id: string, input: MemberInput): Promise<string>;
}

/** Boots the real service and serves the web app, built afresh if its sources have changed. */
export async function startMemberApp({
  townSize,
  startMs = Date.now(),
  policy,
}: MemberAppOptions): Promise<MemberApp> {
  await buildWebApp();
  const region = demoRegion(startMs, { town: townSize, townsAround: 0 });
  const { town } = region;
  const clock = createClock(startMs);
  const kith = await startKith({
    clock,
    webAppDir,
    extend: demoRoutes(region),
    seed: 1,
    ...(policy && { policy }),
  });
  await kith.host.importMembers(town.people.map(({ member }) => member));
  return {
    kith,
    town,
    signInAddress: async (id, input) => {
      await kith.host.putMember(id, input);
      const number = input.phone ? `&number=${encodeURIComponent(input.phone)}` : '';
      return `/#token=${await kith.host.memberToken(id)}${number}`;
    },
  };
}

/** By the same script that `npm start` uses, so that the pages under test are never those of an older source. */
export async function buildWebApp(): Promise<void> {
  const script = pathToFileURL(join(consoleDir, '../../scripts/lib/console.mjs'));
  const { ensureConsole } = (await import(script.href)) as { ensureConsole: () => Promise<void> };
  await ensureConsole();
}
