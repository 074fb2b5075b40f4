import { countryWords } from '../words/countries.ts';

/** A country by its English name, as addresses tell it. */
export function CountryName({ code }: { code: string }) {
  return code === '' ? <span className="soft">Unknown</span> : <span title={code}>{countryWords(code)}</span>;
}
