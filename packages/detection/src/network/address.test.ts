import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressPrefix, isPublic, parseAddress } from './address.ts';

describe('the prefix of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8::/48'],
    ['2001:DB8:0:ffff::', '2001:db8::/48'],
    ['[2a00:1450::1]', '2a00:1450::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['::1', '::/48'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['::ffff:cb00:7109', '203.0.113.0/24'],
    ['64:ff9b::203.0.113.9', '203.0.113.0/24'],
  ])('of %s is %s', (ip, prefix) => {
    expect(addressPrefix(ip)).toBe(prefix);
  });

  it.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    '2001:db8',
    '1::2::3',
    ':::',
    '12345::',
    '1.2.3.4:443',
    '::1.2.3',
  ])('of %j is empty, because it is no address', (text) => {
    expect(addressPrefix(text)).toBe('');
  });

  it('is the same for all addresses of a /24 and differs from that of the next', () => {
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.nat(255), fc.nat(255), (net, one, other) => {
        const base = `${net >>> 16}.${(net >>> 8) & 255}.${net & 255}`;
        expect(addressPrefix(`${base}.${one}`)).toBe(addressPrefix(`${base}.${other}`));
        expect(addressPrefix(`${base}.${one}`)).toBe(`${base}.0/24`);
      }),
    );
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof addressPrefix(text) === 'string'));
  });
});

describe('public addresses', () => {
  it.each([
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    'fe80::1',
    'fd00::1',
    '2001:db8::1',
  ])('do not include %s', (ip) => {
    expect(isPublic(parseAddress(ip)!)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '223.255.255.255', '2a00:1450::1'])('include %s', (ip) => {
    expect(isPublic(parseAddress(ip)!)).toBe(true);
  });
});
