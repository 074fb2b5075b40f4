import { readFile } from 'node:fs/promises';
import { Problem } from '@kith/protocol';
import { defaultPolicy, type Policy } from '../budgets/policy.ts';

type Tree = { [name: string]: number | boolean | Tree };

/**
 * The default policy with what a JSON file overrides. Only known names and positive numbers pass: a mistyped limit must
 * not quietly leave the default in force.
 *
 * @throws Problem `policy_invalid`, naming the path
 */
export async function readPolicy(file: string | undefined): Promise<Policy> {
  if (!file) return defaultPolicy;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem('policy_invalid', `${file} cannot be read`);
  });
  return parsePolicy(text, file);
}

export function parsePolicy(text: string, file = 'policy'): Policy {
  let overrides: unknown;
  try {
    overrides = JSON.parse(text);
  } catch (error) {
    throw new Problem('policy_invalid', `${file}: ${(error as Error).message}`);
  }
  return merge(defaultPolicy as unknown as Tree, overrides, file) as unknown as Policy;
}

function merge(defaults: Tree, overrides: unknown, path: string): Tree {
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    throw new Problem('policy_invalid', `${path} must be an object`);
  }
  const merged: Tree = { ...defaults };
  for (const [name, value] of Object.entries(overrides)) {
    const at = `${path}: ${name}`;
    const standard = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (standard === undefined) throw new Problem('policy_invalid', `${at} is not a setting of the policy`);
    if (typeof standard === 'object') merged[name] = merge(standard, value, at);
    else if (typeof standard === 'boolean' && typeof value === 'boolean') merged[name] = value;
    else if (typeof standard === 'number' && isAllowed(name, value)) merged[name] = value;
    else
      throw new Problem(
        'policy_invalid',
        `${at} must be ${typeof standard === 'boolean' ? 'true or false' : 'a positive number'}`,
      );
  }
  return merged;
}

/** Nothing at all may be allowed, but what flows or lasts must do so. */
function isAllowed(name: string, value: unknown): value is number {
  const least = ['capacity', 'perAlly', 'max', 'approvalAbove'].includes(name) ? 0 : Number.MIN_VALUE;
  return typeof value === 'number' && Number.isFinite(value) && value >= least;
}
