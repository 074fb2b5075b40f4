/** Languages that notices are written in, BCP 47. */
export const languages = ['en', 'de', 'fr', 'es', 'ms', 'he', 'fa'] as const;
export type Language = (typeof languages)[number];

/** Countries of numbers whose members are written to in one of the languages; English for all others. */
const countriesOf: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  de: 'DE AT CH LI',
  fr: 'FR BE LU MC SN CI CM ML BF NE TG BJ GA CG CD MG DZ TN MA RE GP MQ GF',
  es: 'ES MX AR CO PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY PR GQ',
  ms: 'MY BN',
  he: 'IL',
  fa: 'IR AF',
};

const byCountry = new Map(
  Object.entries(countriesOf).flatMap(([language, countries]) =>
    countries.split(' ').map((country) => [country, language as Language]),
  ),
);

/** A guess that the host can better: the language most read where the member's number is from. */
export function languageOf(country: string | undefined): Language {
  return byCountry.get(country ?? '') ?? 'en';
}

export const isRightToLeft = (language: Language): boolean => language === 'he' || language === 'fa';
