import { randomInt } from 'node:crypto';
import { Problem } from '@kith/protocol';
import { passwordLengthMax } from '@kith/protocol/study';
import { argon2id, hash, verify } from 'argon2';
import { nameKeyOf } from './names.ts';

/** Argon2id as OWASP's cheat sheet of password storage has it: 19 MiB, two passes, one lane. */
const cost = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const lengthMin = 12;

/** Guesses that are worked on at once, and those that wait for their turn; more are told to come later. */
const atOnceMax = 2;
const waitingMax = 32;

/** Hashes and checks passwords. The secret is not in the database: with that alone, nothing can be guessed. */
export class Passwords {
  readonly #secret: Buffer;
  #dummy: Promise<string> | undefined;
  #working = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param secret 32 bytes */
  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(canonical(password), { ...cost, secret: this.#secret }));
  }

  /** Takes as long for a name that nobody has: without a hash, one that no password opens is checked. */
  async check(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    this.#dummy ??= this.hash(generatePassword());
    const against = passwordHash ?? (await this.#dummy);
    const opens = await this.#inTurn(() => verify(against, canonical(password), { secret: this.#secret }));
    return opens && passwordHash !== null && passwordHash !== undefined;
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#working >= atOnceMax) {
      if (this.#waiting.length >= waitingMax) {
        throw new Problem('too_many_requests', undefined, { retryAfterSecs: 2 });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#working += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#working -= 1;
    }
  }
}

/** The same password, however a keyboard composes its letters (RFC 8265, OpaqueString). */
function canonical(password: string): string {
  return password.normalize('NFC');
}

/**
 * Length, and nothing of the name; no rules of digits and signs (NIST SP 800-63B 3.1.1.2).
 *
 * @throws Problem `password_weak`
 */
export function checkPassword(password: string, name: string): void {
  const length = [...password].length;
  if (length < lengthMin)
    throw new Problem('password_weak', `A password has at least ${lengthMin} characters`);
  if (length > passwordLengthMax) {
    throw new Problem('password_weak', `A password has at most ${passwordLengthMax} characters`);
  }
  if (new Set(password).size < 5) throw new Problem('password_weak', 'These are the same few characters');
  if (nameKeyOf(password).includes(nameKeyOf(name)) && [...name].length >= 3) {
    throw new Problem('password_weak', 'A password does not contain the name');
  }
}

/** Letters and digits that are not mistaken for each other when they are read out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A first password: 99 bits, in groups of five. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
