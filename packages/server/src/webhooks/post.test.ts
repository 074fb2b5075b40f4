import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressIn, isPublicAddress } from './addresses.ts';
import { type PostOptions, PrivateAddressError, post } from './post.ts';

describe('a private address', () => {
  it.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://127.1/',
    'http://0/',
    'http://①②⑦.0.0.1/',
    'http://10.0.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[ff02::1]/',
  ])('is known however it is spelt: %s', (text) => {
    expect(isPublicAddress(addressIn(new URL(text)) ?? 'a name')).toBe(false);
  });

  it.each(['http://8.8.8.8/', 'http://172.32.0.1/', 'http://[2606:4700::1111]/'])('is not %s', (text) => {
    expect(isPublicAddress(addressIn(new URL(text)) ?? 'a name')).toBe(true);
  });
});

describe('a message to the host', () => {
  let server: Server;
  let asked: string[] = [];
  let port: number;
  const options: PostOptions = { headers: {}, body: '{}', answerMsMax: 5_000, toPrivate: false };

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/hangs') return;
      if (request.url === '/moved') response.writeHead(307, { location: '/inside' }).end();
      else response.writeHead(200).write('the head is enough');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(['127.0.0.1', 'localhost'])('never reaches a private address by %s', async (host) => {
    asked = [];
    await expect(post(`http://${host}:${port}/`, options)).rejects.toBeInstanceOf(PrivateAddressError);
    expect(asked).toEqual([]);
  });

  it('reaches one where that is allowed, and waits for no more than the head of the answer', async () => {
    expect(await post(`http://127.0.0.1:${port}/`, { ...options, toPrivate: true })).toBe(200);
  });

  it('follows no redirect', async () => {
    asked = [];
    expect(await post(`http://127.0.0.1:${port}/moved`, { ...options, toPrivate: true })).toBe(307);
    expect(asked).toEqual(['/moved']);
  });

  it('is given up when nothing answers in time', async () => {
    const hangs = post(`http://127.0.0.1:${port}/hangs`, { ...options, toPrivate: true, answerMsMax: 100 });
    await expect(hangs).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
