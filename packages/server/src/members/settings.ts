import { type Discoverable, Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import { settingAt } from '../ledger/settings.ts';

export interface SettingAnswer {
  discoverable: Discoverable;
  hasPhone: boolean;
  validFrom: string;
  recordedAt: string;
}

/** What a member had chosen at a moment, as far as it was known at another (now, unless told). */
export async function readSetting(
  context: Context,
  memberId: string,
  asked: { at: string; knownAt?: string },
): Promise<SettingAnswer> {
  const knownAt = asked.knownAt ? Date.parse(asked.knownAt) : undefined;
  const setting = await settingAt(context.database, memberId, Date.parse(asked.at), knownAt);
  if (!setting) throw new Problem('member_unknown', 'No setting of this member was on record at that time');
  return {
    discoverable: setting.discoverable,
    hasPhone: setting.hasPhone,
    validFrom: new Date(setting.validFrom).toISOString(),
    recordedAt: new Date(setting.recordedAt).toISOString(),
  };
}
