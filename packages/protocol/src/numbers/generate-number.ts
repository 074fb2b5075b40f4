import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import type { CanonicalNumber } from './canonical-number.ts';
import { isRegion } from './numbering-plan.ts';
import { parseNumber } from './parse-number.ts';

const attemptsMax = 10_000;

/**
 * A random valid number of a region, in the manner of its example mobile number: the first two digits stay, the others
 * are drawn until the plan accepts them.
 *
 * @param region ISO 3166 alpha-2
 * @param random uniform in [0, 1)
 * @returns undefined where the region has no example or too narrow a plan
 */
export function generateNumber(region: string, random: () => number): CanonicalNumber | undefined {
  const example = isRegion(region) ? getExampleNumber(region as never, examples) : undefined;
  if (!example) return undefined;
  const national = String(example.nationalNumber);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const digits =
      national.slice(0, 2) + national.slice(2).replace(/\d/g, () => String(Math.floor(random() * 10)));
    const parsed = parseNumber(`+${example.countryCallingCode}${digits}`);
    if (parsed.ok) return parsed.number;
  }
  return undefined;
}
