import type { Discoverable, How } from '@kith/protocol';

export interface SettingWords {
  value: Discoverable;
  title: string;
  /** The title inside a sentence: "Now … can find you". */
  who: string;
  what: string;
  recommended?: boolean;
}

/** The three-way setting, in words that promise nothing that the design does not keep. */
export const settings: readonly SettingWords[] = [
  {
    value: 'nobody',
    title: 'Nobody',
    who: 'nobody',
    what: 'Your number leads nobody to you, and nobody is told that you are here.',
  },
  {
    value: 'mutual',
    title: 'People in my contacts who also have my number',
    who: 'people in your contacts who also have your number',
    what: 'You see each other only when both of you have saved the other. Whoever tries numbers at random learns nothing.',
    recommended: true,
  },
  {
    value: 'anyone',
    title: 'Anyone who has my number',
    who: 'anyone who has your number',
    what: 'Whoever has your number can learn your name. Kith makes that slow, counts every time for you to see, and records which account it was. It cannot make it impossible.',
  },
];

/** The words of one setting. */
export function settingOf(value: Discoverable): SettingWords {
  const found = settings.find((setting) => setting.value === value);
  if (!found) throw new RangeError(`no words for the setting ${value}`);
  return found;
}

/** How a person was found, as a label and as a sentence. */
export const howWords: Record<How, { label: string; what: string }> = {
  mutual: { label: 'You have each other', what: 'You both have saved the other’s number.' },
  number: { label: 'Found by number', what: 'They let anyone who has their number find them.' },
};
