import { heldAt, type Setting } from '../ledger/settings.ts';
import type { Protection } from './members-store.ts';

/**
 * What kept a member's card from somebody who had its number, by the setting when the number was sent.
 *
 * @param recorded all that was on record, oldest first
 * @param fromMs the number was sent at this moment, or after it but not after `untilMs`; ms since 1970
 * @returns the protection at the first moment, and whether another held before the last
 */
export function protectionDuring(
  recorded: readonly Setting[],
  fromMs: number,
  untilMs: number,
): { setting: Protection; changed: boolean } {
  const setting = protectionOf(heldAt(recorded, fromMs));
  const changed = recorded
    .filter(({ validFrom }) => validFrom > fromMs && validFrom <= untilMs)
    .some((statement) => protectionOf(heldAt(recorded, statement.validFrom)) !== setting);
  return { setting, changed };
}

/** A member that anyone with its number may find was kept back by a budget, or because the accounts were stopped first. */
function protectionOf(setting: Setting | null): Protection {
  if (!setting?.hasPhone) return 'noNumber';
  return setting.discoverable === 'anyone' ? 'waiting' : setting.discoverable;
}
