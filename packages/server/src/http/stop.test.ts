import { connect, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { number, startTestHall, type TestHall } from '../testing.ts';

let hall: TestHall;
let token: string;
beforeEach(async () => {
  hall = await startTestHall();
  await hall.member('ann', { phone: number(1) });
  ({ token } = await hall.tokens.issue('ann'));
});

/** Holds the member, so that its sync is accepted and cannot finish; the answer lets it go. */
async function holdMember(): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await new Promise<void>((ready) => {
    void hall.context.database.transaction(async (tx) => {
      await tx.query(`select 1 from members where member_id = 'ann' for update`);
      ready();
      await held;
    });
  });
  return release;
}

const body = JSON.stringify({ numbers: [number(2)] });
const syncRequest = () =>
  `PUT /v1/me/contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
  `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

function open(): { socket: Socket; all: Promise<string> } {
  const socket = connect(Number(new URL(hall.origin).port), '127.0.0.1');
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  socket.on('error', () => {});
  return { socket, all: new Promise((resolve) => socket.on('close', () => resolve(text))) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a service that is told to stop', () => {
  it('finishes what it has accepted, and refuses what is new: on old connections with a problem, on new ones at all', async () => {
    const release = await holdMember();
    const { socket, all } = open();
    socket.write(syncRequest());
    await pause(200);
    const stopped = hall.stop();
    await pause(50);
    socket.write('GET /v1/me HTTP/1.1\r\nhost: x\r\n\r\nGET /readyz HTTP/1.1\r\nhost: x\r\n\r\n');
    await pause(100);
    await expect(fetch(`${hall.origin}/healthz`)).rejects.toThrow('fetch failed');
    release();
    const answers = (await all).split(/(?=HTTP\/1\.1 \d{3} )/);
    await stopped;
    expect(answers[0]).toMatch(/^HTTP\/1\.1 200 /);
    expect(answers[0]).toContain('"accepted":1');
    for (const refused of answers.slice(1)) {
      expect(refused).toMatch(/^HTTP\/1\.1 503 /);
      expect(refused).toContain('"code":"shutting_down"');
    }
    expect(answers.length).toBeGreaterThan(1);
  });

  it('does not wait for connections that ask for nothing', async () => {
    const idle = [open(), open()];
    await pause(50);
    idle[0]!.socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    await pause(50);
    const started = performance.now();
    await hall.stop();
    expect(performance.now() - started).toBeLessThan(3_000);
    for (const { socket } of idle) socket.destroy();
  });
});
