import { parseNumber } from '@kith/protocol';
import { parsePhoneNumberWithError } from 'libphonenumber-js/max';
import { numbersCases } from './numbers-cases.ts';

const caseCount = 3_000;
const rounds = 9;
const roundMsMin = 100;

/** `numbers-parse`: canonical numbers a second from E.164 text, against the library's parse and validate. */
export async function run(): Promise<{
  name: string;
  value: number;
  unit: string;
  peer: string;
  peerValue: number;
  ratio: number;
}> {
  const cases = numbersCases(caseCount);
  expectSameVerdicts(cases);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(perSecond(ourNumber, cases));
    theirs.push(perSecond(libraryNumber, cases));
  }
  const [value, peerValue] = [median(ours), median(theirs)];
  const peer = 'libphonenumber-js/max parse and validate';
  return { name: 'numbers-parse', value, unit: 'numbers/s', peer, peerValue, ratio: value / peerValue };
}

type Read = (text: string) => string | undefined;

function ourNumber(text: string): string | undefined {
  const parsed = parseNumber(text);
  return parsed.ok ? parsed.number : undefined;
}

function libraryNumber(text: string): string | undefined {
  try {
    const parsed = parsePhoneNumberWithError(text);
    return parsed.isValid() ? parsed.number : undefined;
  } catch {
    return undefined;
  }
}

/** A faster answer that differs is not faster. */
function expectSameVerdicts(cases: readonly string[]): void {
  const different = cases.filter((text) => ourNumber(text) !== libraryNumber(text)).length;
  if (different > 0) throw new Error(`${different} of ${cases.length} verdicts differ from the library's`);
}

function perSecond(read: Read, cases: readonly string[]): number {
  const start = performance.now();
  let understood = 0;
  let passes = 0;
  while (performance.now() - start < roundMsMin) {
    for (const text of cases) if (read(text) !== undefined) understood += 1;
    passes += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  if (understood === 0) throw new Error('the case set holds no valid number');
  return (passes * cases.length) / seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
