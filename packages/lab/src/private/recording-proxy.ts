import { connect, createServer, type Socket } from 'node:net';

/** A proxy that sees what the network sees, before any encryption: raw TCP, recorded as it passes. */
export interface RecordingProxy {
  readonly origin: string;
  /** Everything that clients have sent, headers and bodies, connection by connection. */
  sent(): Buffer;
  /** Everything that they were answered. */
  answered(): Buffer;
  forget(): void;
  stop(): Promise<void>;
}

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let up = new Map<Socket, Buffer[]>();
  let down = new Map<Socket, Buffer[]>();
  const server = createServer((inward) => {
    const outward = connect(Number(port), hostname);
    for (const socket of [inward, outward]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // A side that breaks off takes the other with it.
      socket.on('error', () => [inward, outward].map((each) => each.destroy()));
      socket.on('close', () => sockets.delete(socket));
    }
    inward.on('data', (part: Buffer) => record(up, inward, part));
    outward.on('data', (part: Buffer) => record(down, inward, part));
    inward.pipe(outward).pipe(inward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    sent: () => Buffer.concat([...up.values()].flat()),
    answered: () => Buffer.concat([...down.values()].flat()),
    forget: () => {
      up = new Map();
      down = new Map();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function record(parts: Map<Socket, Buffer[]>, of: Socket, part: Buffer): void {
  const before = parts.get(of);
  if (before) before.push(part);
  else parts.set(of, [part]);
}
