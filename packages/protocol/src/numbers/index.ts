export type { CanonicalNumber, ParsedNumber } from './canonical-number.ts';
export { countryOf } from './country-of.ts';
export { generateNumber } from './generate-number.ts';
export { isRegion } from './numbering-plan.ts';
export { numberTextLengthMax, type ParsedNumbers, parseNumber, parseNumbers } from './parse-number.ts';
