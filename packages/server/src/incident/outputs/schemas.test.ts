import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  checkFigures,
  checkMispAttribute,
  checkMispEvent,
  checkPage,
  checkStix,
  checkVeris,
} from './checks.ts';
import { mispEvent } from './misp.ts';
import { sampleDocument, sampleFigures, sampleSource, textOf } from './sample.testing.ts';
import { stixBundle, stixObjects } from './stix.ts';
import type { StixObject } from './stix-frame.ts';
import { verisRecord } from './veris.ts';

const data =
  process.env.KITH_DATA ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
const folder = `${data}/schemas`;
const attributed = sampleDocument({
  attribution: {
    actor: 'Somebody',
    sentence: 'We believe it was Somebody.',
    confidence: 'low',
    by: 'Ada',
    at: '2020-01-02T00:00:00.000Z',
  },
});

const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));

describe.skipIf(!existsSync(folder))(
  'against the published schemas (skipped without the folder KITH_DATA)',
  () => {
    const addFormats = formats as unknown as (ajv: Ajv) => Ajv;

    it('every object of the STIX bundle is valid, and the bundle is', async () => {
      const ajv = addFormats(
        new Ajv2020({ strict: false, unicodeRegExp: false, logger: false }) as unknown as Ajv,
      );
      const files = new Map<string, string>();
      for (const kind of ['common', 'sdos', 'sros', 'observables']) {
        for (const name of readdirSync(`${folder}/stix2.1/schemas/${kind}`)) {
          const schema = read(`stix2.1/schemas/${kind}/${name}`);
          ajv.addSchema(schema);
          files.set(name.replace('.json', ''), schema.$id as string);
        }
      }
      const bundle = JSON.parse(await textOf(stixBundle(sampleSource(attributed))));
      const types = new Set<string>();
      for (const object of bundle.objects as StixObject[]) {
        const validate = ajv.getSchema(files.get(object.type) ?? files.get('core')!)!;
        expect(validate(object) ? [] : [object.type, validate.errors]).toEqual([]);
        types.add(object.type);
      }
      expect([...types].sort()).toEqual([
        'attack-pattern',
        'autonomous-system',
        'campaign',
        'course-of-action',
        'extension-definition',
        'identity',
        'incident',
        'infrastructure',
        'ipv4-addr',
        'ipv6-addr',
        'location',
        'relationship',
        'threat-actor',
        'user-account',
      ]);
      const whole = ajv.getSchema(files.get('bundle')!)!;
      // The schema of bundles does not know three types of the specification's own, and takes no bundle that has them.
      const forgotten = new Set(['extension-definition', 'incident', 'location']);
      const known = bundle.objects.filter(({ type }: StixObject) => !forgotten.has(type));
      expect(whole({ ...bundle, objects: known }) ? [] : whole.errors).toEqual([]);
    });

    it('the MISP event is valid, and its types fit their categories', async () => {
      const { id: _, $schema: __, ...schema } = read('misp/schema.json');
      const ajv = new Ajv({ strict: false });
      const event = JSON.parse(await textOf(mispEvent(sampleSource(attributed))));
      const validate = ajv.compile(schema);
      expect(validate(event) ? [] : validate.errors).toEqual([]);
      const { result } = read('misp/describeTypes.json') as {
        result: { category_type_mappings: Record<string, string[]> };
      };
      for (const { type, category } of event.Event.Attribute)
        expect(result.category_type_mappings[category]).toContain(type);
    });

    it('the VERIS record is valid, whether or not somebody is named', () => {
      const ajv = addFormats(new Ajv({ strict: false }));
      const { $schema: _, ...schema } = read('veris/verisc-merged.json');
      const validate = ajv.compile(schema);
      for (const document of [sampleDocument(), attributed]) {
        const record = JSON.parse(JSON.stringify(verisRecord(document)));
        expect(validate(record) ? [] : validate.errors).toEqual([]);
      }
    });
  },
);

describe('the bundled checks', () => {
  it('pass what is exported', async () => {
    for await (const object of stixObjects(sampleSource(attributed))) checkStix(object);
    checkVeris(verisRecord(sampleDocument()));
    checkFigures(sampleFigures);
  });

  it('stop what is not as its format asks', () => {
    const invalid = expect.objectContaining({ code: 'output_invalid' });
    expect(() => checkStix({ type: 'victim', id: 'victim--1' })).toThrow(invalid);
    const id = 'ipv4-addr--0d6dbb8f-6c0e-5d2c-9a6f-2f0b1a7c4e55';
    expect(() => checkStix({ type: 'ipv4-addr', id })).toThrow(invalid);
    expect(() => checkStix({ type: 'ipv4-addr', id: 'ipv4-addr--x', value: '192.0.2.0/24' })).toThrow(
      invalid,
    );
    expect(() => checkStix({ type: 'ipv4-addr', id, value: '192.0.2.0/24', created: '2020-01-01' })).toThrow(
      invalid,
    );
    expect(() => checkVeris({})).toThrow(invalid);
    const uuid = '363165a3-c284-5f12-98a3-2d774869b19b';
    const block = {
      uuid,
      type: 'ip-src',
      category: 'Network activity',
      value: '192.0.2.0/24',
      to_ids: false,
    };
    expect(() => checkMispAttribute(block)).not.toThrow();
    expect(() => checkMispAttribute({ ...block, category: 'Other' })).toThrow(invalid);
    expect(() => checkMispAttribute({ ...block, value: '' })).toThrow(invalid);
    expect(() => checkMispAttribute({ ...block, uuid: '1' })).toThrow(invalid);
    expect(() => checkMispEvent({ uuid, info: '' })).toThrow(invalid);
    expect(() => checkFigures({ ...sampleFigures, accounts: -1 })).toThrow(invalid);
    expect(() => checkFigures({ ...sampleFigures, membersExposed: undefined })).toThrow(invalid);
  });

  it('let no page go that runs or fetches anything, and any page that only speaks of it', () => {
    const page = (body: string) => `<!doctype html><html><body>${body}</body></html>`;
    const said = '<p title="a src=b" style="color:red">&lt;script src=x&gt; onload= url(x)</p>';
    expect(checkPage('a.html', page(said))).toBe(page(said));
    for (const active of [
      '<script>1</script>',
      '<img src="//x.example">',
      '<p onclick="1">',
      '<p style="background:url(x)">',
    ])
      expect(() => checkPage('a.html', page(active))).toThrow(
        expect.objectContaining({ code: 'output_invalid' }),
      );
  });
});

describe('the STIX bundle', () => {
  it('is the same whenever it is made of the same, and refers to nothing that is not in it', async () => {
    const text = await textOf(stixBundle(sampleSource(attributed)));
    expect(await textOf(stixBundle(sampleSource(attributed)))).toBe(text);
    const { objects } = JSON.parse(text) as { objects: StixObject[] };
    const ids = new Set(objects.map(({ id }) => id));
    expect(ids.size).toBe(objects.length);
    const referred = [...text.matchAll(/"[a-z_]+_ref":"([^"]+)"/g)].map(([, id]) => id!);
    expect(referred.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('gives observables the ids that the specification makes of their values', async () => {
    const objects: StixObject[] = [];
    for await (const object of stixObjects(sampleSource())) objects.push(object);
    // The namespace of STIX 2.1, 2.9 and {"value":"192.0.2.0/24"}, by Python's uuid.uuid5.
    expect(objects.find(({ type }) => type === 'ipv4-addr')?.id).toBe(
      'ipv4-addr--363165a3-c284-5f12-98a3-2d774869b19b',
    );
  });

  it('names no actor unless a human has', async () => {
    for await (const object of stixObjects(sampleSource())) expect(object.type).not.toBe('threat-actor');
  });
});
