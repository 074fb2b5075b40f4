import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mmdbOf } from '../testing/mmdb.ts';
import { parseAddress } from './address.ts';
import { AsnTables } from './asn-csv.ts';
import { openNetworks } from './networks.ts';
import { kindOfOperator } from './operators.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

describe('a table of operators', () => {
  const table = new AsnTables(
    bytes(
      '16777216,16777471,13335,"Cloudflare, Inc."\n16778240,16779263,38803,Says ""hi""\r\n4294967040,4294967295,7,Last',
    ),
    bytes(
      '2001:200::,2001:200:1b9:ffff:ffff:ffff:ffff:ffff,2500,WIDE Project\n2a00:1450::,2a00:1450:ffff:ffff:ffff:ffff:ffff:ffff,15169,Google LLC\n2a01:0:7::5:0:0:0,2A01:0:7:FFFF:0:0:0:0,64496,Written otherwise\n2a02::7:0:0:0:0,2a02::8:0:0:0:0,64497,Short\n',
    ),
  );
  const at = (ip: string) => table.lookup(parseAddress(ip)!);

  it('finds ranges by their first, inner and last addresses, and nothing in the gaps', () => {
    expect(at('1.0.0.0')).toEqual({ asn: 13335, name: 'Cloudflare, Inc.' });
    expect(at('1.0.0.255')).toMatchObject({ asn: 13335 });
    expect(at('1.0.1.0')).toBeUndefined();
    expect(at('1.0.5.9')).toMatchObject({ asn: 38803 });
    expect(at('0.255.255.255')).toBeUndefined();
    expect(at('255.255.255.255')).toMatchObject({ asn: 7 });
  });

  it('finds IPv6 ranges by their 64 highest bits', () => {
    expect(at('2001:200::1')).toEqual({ asn: 2500, name: 'WIDE Project' });
    expect(at('2001:200:1b9:ffff::1')).toMatchObject({ asn: 2500 });
    expect(at('2001:200:1ba::1')).toBeUndefined();
    expect(at('2a00:1450:4001:81b::200e')).toMatchObject({ asn: 15169 });
    expect(at('2a01:0:7::1')).toEqual({ asn: 64496, name: 'Written otherwise' });
    expect(at('2a02:0:0:6::1')).toBeUndefined();
    expect(at('2a02:0:0:7::1')).toMatchObject({ asn: 64497 });
  });
});

describe('the kind of an operator', () => {
  it.each([
    [16276, 'OVH SAS', 'hosting'],
    [64512, 'Nowhere Cloud Telecom', 'hosting'],
    [64512, 'Some VPN Ltd', 'proxy'],
    [13335, 'Cloudflare, Inc.', 'proxy'],
    [21928, 'T-Mobile USA, Inc.', 'mobile'],
    [55836, 'Reliance Jio Infocomm Limited', 'mobile'],
    [7922, 'Comcast Cable Communications, LLC', 'residential'],
    [3320, 'Deutsche Telekom AG', 'residential'],
    [521, 'Ford Motor Company', 'unknown'],
  ])('AS%i %s is %s', (asn, name, kind) => {
    expect(kindOfOperator(asn, name)).toBe(kind);
  });
});

describe('networks', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-networks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.skipIf(!isInstalled('@ip-location-db/asn'))(
    'tell country, operator and kind from the free tables',
    async () => {
      const networks = await openNetworks();
      await networks.ready;
      expect(networks.lookup('8.8.8.8')).toMatchObject({
        country: 'US',
        asn: 15169,
        kind: 'hosting',
        prefix: '8.8.8.0/24',
      });
      expect(networks.lookup('::ffff:8.8.8.8')).toEqual(networks.lookup('8.8.8.8'));
      expect(networks.sources.join()).toContain('CC BY 4.0');
    },
  );

  it('know nothing of private addresses, and nothing of what is no address', async () => {
    const networks = await openNetworks();
    await networks.ready;
    expect(networks.lookup('192.168.7.7')).toEqual({ kind: 'unknown', prefix: '192.168.7.0/24' });
    expect(networks.lookup('unix:')).toEqual({ kind: 'unknown', prefix: '' });
  });

  it('go by the MMDB files given, whatever the free tables say, and know no more than those', async () => {
    const file = join(folder, 'own.mmdb');
    const entry = {
      autonomous_system_number: 64_500,
      autonomous_system_organization: 'Example Hosting',
      country: { iso_code: 'IS' },
    };
    await writeFile(file, mmdbOf({ address: '8.8.8.0', bits: 24 }, entry));
    const networks = await openNetworks({ asnFile: file, countryFile: file });
    await networks.ready;
    expect(networks.lookup('8.8.8.8')).toEqual({
      asn: 64_500,
      operator: 'Example Hosting',
      kind: 'hosting',
      country: 'IS',
      prefix: '8.8.8.0/24',
    });
    expect(networks.lookup('8.8.9.9')).toEqual({ kind: 'unknown', prefix: '8.8.9.0/24' });
    expect(networks.sources).toEqual([`countries: ${file}`, `operators: ${file}`]);
  });

  it('mark Tor exits and proxies from the lists given', async () => {
    const torFile = join(folder, 'tor.txt');
    const proxyFile = join(folder, 'proxies.txt');
    await writeFile(torFile, '# exits\n185.220.101.1\n2a0b:f4c2::1\n');
    await writeFile(proxyFile, '24.24.24.24 # sold\n');
    const networks = await openNetworks({ torFile, proxyFile });
    expect(networks.lookup('185.220.101.1').kind).toBe('tor');
    expect(networks.lookup('2a0b:f4c2:0::1').kind).toBe('tor');
    expect(networks.lookup('24.24.24.24').kind).toBe('proxy');
  });

  it('refuse a file that is not what it should be, naming it and the line', async () => {
    const file = join(folder, 'bad.txt');
    await writeFile(file, '1.2.3.4\nnot an address\n');
    await expect(openNetworks({ torFile: file })).rejects.toMatchObject({
      code: 'network_file_invalid',
      message: `${file}:2: not an address`,
    });
    await expect(openNetworks({ asnFile: file })).rejects.toMatchObject({ code: 'network_file_invalid' });
    await expect(openNetworks({ countryFile: join(folder, 'none') })).rejects.toMatchObject({
      code: 'network_file_invalid',
    });
  });
});
