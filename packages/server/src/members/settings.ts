import { Problem, type SettingAnswer } from '@kith/protocol';
import type { Context } from '../context.ts';
import { settingAt } from '../ledger/settings.ts';
import { checkMemberId } from './member-id.ts';
import { readTime } from './times.ts';

/** What a member had chosen at a moment, as far as it was known at another (now, unless told). */
export async function readSetting(
  context: Context,
  memberId: string,
  asked: { at: string; knownAt?: string },
): Promise<SettingAnswer> {
  checkMemberId(memberId);
  const at = readTime(asked.at, '/at', 'query_invalid')!;
  const knownAt = readTime(asked.knownAt, '/knownAt', 'query_invalid');
  const setting = await settingAt(context.database, memberId, at.getTime(), knownAt?.getTime());
  if (!setting) throw new Problem('member_unknown', 'No setting of this member was on record at that time');
  return {
    discoverable: setting.discoverable,
    hasPhone: setting.hasPhone,
    validFrom: new Date(setting.validFrom).toISOString(),
    recordedAt: new Date(setting.recordedAt).toISOString(),
  };
}
