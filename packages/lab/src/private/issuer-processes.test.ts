import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kith, MemoryStore } from '@kith/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClock } from '../harness/clock.ts';
import { runKith, type Spawned, spawnIssuer } from '../harness/spawned.ts';
import { startKith, type TestKith } from '../harness/start-kith.ts';

let folder: string;
let kith: TestKith;
let issuers: Spawned[];

/** `kith keys ceremony`, then the service, then `kith issuer` for two of the three shares. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-issuers-'));
  const flags = ['--dir', folder, '--issuers', '3', '--threshold', '2', '--local', '--json'];
  const ceremony = await runKith(['keys', 'ceremony', ...flags], {});
  expect(ceremony).toMatchObject({ code: 0, output: expect.stringContaining('"done":true') });
  const ports = await Promise.all([1, 2, 3].map(freePort));
  const set = (await readFile(join(folder, 'issuers.txt'), 'utf8')).trim();
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  // Issuers have a clock of their own: the real one.
  kith = await startKith({ clock: createClock(Date.now()), issuers: { set, urls } });
  issuers = await Promise.all(
    [1, 2].map((index) =>
      spawnIssuer([
        ...['--share', join(folder, `issuer-${index}.share`), '--port', String(ports[index - 1])],
        ...['--jwks', `${kith.origin}/v1/attestation-keys`],
      ]),
    ),
  );
}, 120_000);
afterAll(async () => {
  await Promise.all((issuers ?? []).map((issuer) => issuer.stop()));
  await kith?.stop();
  if (folder) await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const numbers = ['+4915123000017', '+4915123000031'];

it('members meet by keys of two `kith issuer` processes of three, whose shares `kith keys ceremony` has made', async () => {
  const found: unknown[] = [];
  for (const [at, id] of ['ada', 'bob'].entries()) {
    const number = numbers[at]!;
    await kith.host.putMember(id, {
      phone: number,
      discoverable: 'mutual',
      card: { name: id, handle: id },
    });
    const token = () => kith.host.memberToken(id);
    const device = new Kith({ origin: kith.origin, token, number, store: new MemoryStore(), threads: 0 });
    const { people } = await device.findPeople([numbers[1 - at]!], { ways: ['mutual'] });
    found.push(people.map((person) => person.id));
  }
  expect(found).toEqual([[], ['ada']]);
});
