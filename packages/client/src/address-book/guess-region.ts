import { isRegion } from '@kith/protocol';

/** Languages of many countries: the language alone says too little about how a number is dialled. */
const worldLanguages = new Set(['ar', 'en', 'es', 'fr', 'pt']);

/**
 * The region that a locale such as `navigator.language` speaks of: the one it names, else the likely one of its
 * language (CLDR likely subtags), else nothing. A guess to show and to let people correct, since it decides how
 * numbers without a country code are read.
 */
export function guessRegion(locale: string): string | undefined {
  const tag = locale.split(/[.@]/, 1)[0]!.replaceAll('_', '-');
  try {
    const parsed = new Intl.Locale(tag);
    const likely = worldLanguages.has(parsed.language) ? undefined : parsed.maximize().region;
    const region = parsed.region ?? likely;
    return region && isRegion(region) ? region : undefined;
  } catch {
    return undefined;
  }
}
