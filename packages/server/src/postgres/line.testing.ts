import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line between a service and its database, which a test may cut and mend. */
export interface Line {
  /** The database's address, by way of the line. */
  url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Lays a line to a PostgreSQL that listens on a socket or on the loopback. */
export async function layLine(databaseUrl: string): Promise<Line> {
  const to = new URL(databaseUrl.replace('@/', '@localhost/'));
  const folder = to.searchParams.get('host');
  const target = folder
    ? { path: `${folder}/.s.PGSQL.${to.port || 5432}` }
    : { host: to.hostname, port: Number(to.port) };
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target as { path: string });
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `postgres://${to.username}:${to.password}@127.0.0.1:${port}${to.pathname}`;
  return {
    url,
    cut: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const end of ends) end.destroy();
      await closed;
    },
    mend: () => listen(port),
  };
}
