import type { Queryable } from '../postgres/database.ts';
import type { SettingBody } from './entry.ts';
import { readSettings } from './store.ts';

/** What a member had chosen, and since when; times are ms since 1970. */
export interface Setting {
  discoverable: SettingBody['discoverable'];
  hasPhone: boolean;
  validFrom: number;
  recordedAt: number;
}

/**
 * What a member's setting was at a moment, by what was on record at another: now, unless told. Of the statements that
 * begin before the moment the one that begins last holds, and of two that begin together the one recorded last.
 *
 * @returns null when nothing was on record
 */
export async function settingAt(
  database: Queryable,
  memberId: string,
  atMs: number,
  knownAtMs?: number,
): Promise<Setting | null> {
  const until = knownAtMs === undefined ? 'infinity' : new Date(knownAtMs);
  return heldAt((await readSettings(database, memberId, until)).map(toSetting), atMs);
}

/** The same of statements that are at hand, oldest first. */
export function heldAt(recorded: readonly Setting[], atMs: number): Setting | null {
  return recorded.filter(({ validFrom }) => validFrom <= atMs).reduce(later, null);
}

function later(held: Setting | null, next: Setting): Setting {
  return held && held.validFrom > next.validFrom ? held : next;
}

/** A `setting` entry as what it says. */
export function toSetting({ at, body }: { at: Date; body: string }): Setting {
  const { discoverable, hasPhone, validFrom } = JSON.parse(body) as SettingBody;
  return { discoverable, hasPhone, validFrom: Date.parse(validFrom), recordedAt: at.getTime() };
}
