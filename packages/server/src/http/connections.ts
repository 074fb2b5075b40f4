import type { Socket } from 'node:net';
import type { HallApp } from '../app.ts';

/**
 * Lets go of connections that ask for nothing as soon as the service stops. Node takes one that has never sent anything
 * for a busy one, and waits; browsers open such connections ahead of need.
 */
export function useTidyClosing(app: HallApp): void {
  const underWay = new Map<Socket, number>();
  let closing = false;

  app.server.on('connection', (socket) => {
    if (closing) {
      socket.destroy();
      return;
    }
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  app.server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      if (underWay.has(socket)) underWay.set(socket, underWay.get(socket)! - 1);
    });
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const [socket, requests] of underWay) if (requests === 0) socket.destroy();
  });
}
