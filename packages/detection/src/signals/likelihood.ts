import { createHash } from 'node:crypto';
import type { ShareSql, TailSql } from './signal.ts';

/**
 * An expression to be said first, and the name that stands for it from then on: the engine reads every word that it is told, and
 * text that repeats its parts doubles at every level.
 */
export function once(sql: string): [said: string, again: string] {
  const name = `once_${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`;
  return [`(${sql} AS ${name})`, name];
}

/**
 * Contaminates both likelihoods with each other: a share `honestAlike` of honest members looks just like an enumerator in
 * this respect, and a share `evaders` of enumerators looks honest. So no single signal can say more than
 * ln((1 - evaders) / honestAlike), however extreme, nor clear anyone by more than ln(evaders / (1 - honestAlike)).
 */
export function bounded(ratio: string, honestAlike: number | string, evaders: number): string {
  const [up, again] = once(`exp(least(${ratio}, 40))`);
  return `log((${1 - evaders} * ${up} + ${evaders}) / (1 - ${honestAlike} + ${honestAlike} * ${again}))`;
}

/**
 * Weight of standing far out in the upper tail of a cohort. How many stand at least so far is read twice: off the quartiles, as if
 * the tail were logistic (heavier than a bell curve), so that a quarter of the cohort may be enumerators without moving it; and off
 * the far quantiles themselves, for where most people do nothing at all and a quartile says little of the few. The rarer counts.
 * The probability p of standing at least so far becomes evidence by the calibrator p -> 1 / (2 sqrt p), whose mean over honest
 * members is 1 whatever they do (Vovk and Wang, "E-values: calibration, combination and applications", 2021, with kappa = 1/2).
 */
export function tailRatio(value: string, { median, scale, q90, q97, q99, fall }: TailSql): string {
  const [at, again] = once(value);
  const logistic = `log1p(exp(least(1.7 * (${at} - ${median}) / ${scale}, 60)))`;
  const between = (from: string, to: string, above: number, below: number): string =>
    `${-Math.log(above)} + ${Math.log(above / below)} * (${again} - ${from}) / (${to} - ${from})`;
  const counted = `multiIf(${again} <= ${q90}, 0, ${again} <= ${q97}, ${between(q90, q97, 0.1, 0.03)}, ${again} <= ${q99}, ${between(q97, q99, 0.03, 0.01)}, ${-Math.log(0.01)} + ${fall} * (${again} - ${q99}))`;
  return `(-0.6931 + 0.5 * least(greatest(${logistic}, ${counted}), 60))`;
}

/** A beta distribution as SQL. */
type BetaSql = Pick<ShareSql, 'a' | 'b' | 'logBeta'>;

/**
 * log of the beta-binomial likelihood of `part` out of `whole`, without the binomial coefficient (it cancels in ratios).
 * The beta in it is how widely honest shares differ from each other, not how well they were measured.
 */
export function logBetaBinomial(part: string, whole: string, beta: BetaSql): string {
  const p = `toFloat64(${part})`;
  const n = `toFloat64(greatest(${whole}, ${part}))`;
  return `(lgamma(${p} + ${beta.a}) + lgamma(${n} - ${p} + ${beta.b}) - lgamma(${n} + ${beta.a} + ${beta.b}) - ${beta.logBeta})`;
}

/** A fixed beta distribution as SQL constants. */
export function betaOf(a: number, b: number): BetaSql {
  return { a: `${a}`, b: `${b}`, logBeta: `(lgamma(${a}) + lgamma(${b}) - lgamma(${a + b}))` };
}

/** So many of either side are taken to have any share whatever: a share that fits neither side speaks for none. */
const oddOnes = 0.1;

/**
 * Log ratio of "the share comes from Beta(a, b)" to "the share comes from the cohort", each contaminated by a uniform distribution
 * (Huber, "A robust version of the probability ratio test", 1965): somebody who imported customers and has met thirty friends
 * is far from what most people are, and no nearer to an enumerator.
 */
export function shareRatio(
  part: string,
  whole: string,
  enumerator: { a: number; b: number },
  honest: ShareSql,
): string {
  const [anything, again] = once(logBetaBinomial(part, whole, betaOf(1, 1)));
  const likely = (beta: BetaSql, uniform: string): string =>
    `log(${oddOnes} + ${1 - oddOnes} * exp(least(${logBetaBinomial(part, whole, beta)} - ${uniform}, 40)))`;
  return `(${likely(betaOf(enumerator.a, enumerator.b), anything)} - ${likely(honest, again)})`;
}

/**
 * The weight of a share: `part` out of `whole`, against the cohort.
 *
 * @param enumerator the shares that enumerators are taken to have, as a beta distribution.
 * @param honestAlike share of honest members who look the same, where none has been seen; what is measured counts if it is more.
 * @param evaders share of enumerators who manage to look honest.
 */
export function shareWeight(
  part: string,
  whole: string,
  honest: ShareSql,
  {
    enumerator,
    honestAlike,
    evaders,
  }: { enumerator: { a: number; b: number }; honestAlike: number; evaders: number },
): string {
  const ratio = shareRatio(part, whole, enumerator, honest);
  return `if(${whole} > 0, ${bounded(ratio, alikeAtLeast(honestAlike, honest), evaders)}, 0)`;
}

export function alikeAtLeast(least: number, honest: ShareSql): string {
  return `greatest(${least}, ${honest.alike})`;
}
