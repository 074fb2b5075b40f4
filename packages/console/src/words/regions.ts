export interface NamedRegion {
  code: string;
  name: string;
}

/** Regions by their English names, in order of them; a code that has no name stands under itself. */
export function namedRegions(codes: readonly string[]): NamedRegion[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const order = new Intl.Collator('en');
  return codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => order.compare(a.name, b.name));
}
