const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** "Malaysia" of "MY"; a code that is none stands under itself. */
export function countryWords(code: string): string {
  if (code === '') return 'Unknown';
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Iran, Israel and 3 others" */
export function countriesWords(codes: readonly string[], shown = 2): string {
  const known = codes.filter((code) => code !== '').map(countryWords);
  if (known.length === 0) return 'Unknown';
  if (known.length === shown + 1) return listed(known);
  const left = known.length - shown;
  return left <= 0 ? listed(known) : `${known.slice(0, shown).join(', ')} and ${left} others`;
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
}
