import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../budgets/policy.ts';
import { parsePolicy, readPolicy } from './policy-file.ts';

describe('a policy file', () => {
  it('changes what it names and nothing else', () => {
    const policy = parsePolicy('{"budgets": {"lookups": {"member": {"perDay": 10}}}, "youngDays": 7}');
    expect(policy.budgets.lookups.member).toEqual({ ...defaultPolicy.budgets.lookups.member, perDay: 10 });
    expect(policy.youngDays).toBe(7);
    const { budgets, youngDays, ...rest } = policy;
    const { budgets: _, youngDays: __, ...standard } = defaultPolicy;
    expect(rest).toEqual(standard);
    expect(budgets.reveals).toEqual(defaultPolicy.budgets.reveals);
    expect(parsePolicy('{}')).toEqual(defaultPolicy);
  });

  it('leaves the default as it is', () => {
    const before = structuredClone(defaultPolicy);
    parsePolicy('{"budgets": {"slots": {"member": {"capacity": 1}}}, "reveals": {"batchSecs": 1}}');
    expect(defaultPolicy).toEqual(before);
  });

  it('may allow nothing at all, or pay nothing, but time must flow', () => {
    const none =
      '{"budgets": {"lookups": {"member": {"capacity": 0}}}, "reciprocity": {"lookups": {"perAlly": 0, "max": 0}}}';
    expect(parsePolicy(none).budgets.lookups.member.capacity).toBe(0);
    expect(() => parsePolicy('{"budgets": {"lookups": {"member": {"perDay": 0}}}}')).toThrow(
      /perDay must be a positive/,
    );
  });

  it.each([
    ['{"budgets": {"lookup": {}}}', 'policy: budgets: lookup is not a setting'],
    ['{"budgets": {"lookups": {"everyone": {}}}}', 'policy: budgets: lookups: everyone is not a setting'],
    ['{"youngDays": "30"}', 'policy: youngDays must be a positive number'],
    ['{"youngDays": -1}', 'policy: youngDays must be a positive number'],
    ['{"youngDays": null}', 'policy: youngDays must be a positive number'],
    ['{"youngDays": true}', 'policy: youngDays must be a positive number'],
    ['{"youngDays": 1e999}', 'policy: youngDays must be a positive number'],
    ['{"youngDays": {}}', 'policy: youngDays must be a positive number'],
    ['{"budgets": 5}', 'policy: budgets must be an object'],
    ['{"budgets": []}', 'policy: budgets must be an object'],
    ['[]', 'policy must be an object'],
    ['null', 'policy must be an object'],
    ['{"__proto__": {"youngDays": 1}}', 'policy: __proto__ is not a setting'],
    ['{"constructor": {}}', 'policy: constructor is not a setting'],
    ['{"youngDays": 1', 'policy: '],
    ['', 'policy: '],
  ])('with a mistake is refused, with its place: %s', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(message);
    expect(() => parsePolicy(text)).toThrow(expect.objectContaining({ code: 'policy_invalid' }));
  });

  it('is read from disk, named where it cannot be, and not needed at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-policy-'));
    const file = join(folder, 'policy.json');
    await writeFile(file, '{"contactsMax": 5}');
    expect((await readPolicy(file)).contactsMax).toBe(5);
    expect(await readPolicy(undefined)).toBe(defaultPolicy);
    await expect(readPolicy(join(folder, 'none'))).rejects.toThrow(`${join(folder, 'none')} cannot be read`);
    await rm(folder, { recursive: true });
  });
});
