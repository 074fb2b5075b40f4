const settings: Record<string, string> = {
  nobody: 'Nobody could find them',
  mutual: 'Only people in their contacts',
  anyone: 'Anyone with their number',
  noNumber: 'No number on record',
  waiting: 'Their names were still waiting',
};

/** What a member had chosen, or what else kept its card from being shown. */
export function settingWords(setting: string): string {
  return settings[setting] ?? 'Not known';
}
