import { call, i32Const, localGet, op, type WasmFunction } from './assembler.ts';
import { ADD, FIELD_BYTES, MULTIPLY, SQUARE_TIMES, SUBTRACT } from './field-code.ts';

/**
 * Points of edwards25519 (a = -1) as WebAssembly: sums in extended coordinates, which hold for every pair of points
 * (Hisil, Wong, Carter, Dawson, 2008), and the two halves of ristretto255 decoding (RFC 9496 4.3.1).
 */

/** X, Y, Z, T. */
export const EXTENDED_BYTES = 4 * FIELD_BYTES;
/** y + x, y - x, 2dxy, of a point whose Z is 1. */
export const AFFINE_BYTES = 3 * FIELD_BYTES;

/** Fixed places in the module's memory, by field element. */
const at = (slot: number) => slot * FIELD_BYTES;
export const slots = {
  zero: at(0),
  one: at(1),
  two: at(2),
  d: at(3),
  twiceD: at(4),
  rootOfMinusOne: at(5),
  s: at(6),
  u1: at(7),
  u2: at(8),
  v: at(9),
  root: at(10),
  check: at(11),
  x: at(12),
  y: at(13),
  t: at(14),
  scratch: at(15),
} as const;
/** First byte free for points. */
export const HEAP_START = at(24);

/** Where an operand lies: a fixed place, or an offset from a pointer parameter. */
type Place = number | { parameter: number; field: number };

const push = (place: Place) =>
  typeof place === 'number'
    ? i32Const(place)
    : [...localGet(place.parameter), ...i32Const(place.field * FIELD_BYTES), ...op.i32Add];

const operation = (index: number) => (out: Place, a: Place, b: Place) =>
  [out, a, b].flatMap(push).concat(call(index));
const multiply = operation(MULTIPLY);
const add = operation(ADD);
const subtract = operation(SUBTRACT);
const squareTimes = (out: number, a: number, times: number) =>
  [out, a, times].flatMap((value) => i32Const(value)).concat(call(SQUARE_TIMES));

/** `addAffine(p, q)`, `subtractAffine(p, q)`, `addExtended(p, q)` change p in place; then `decodeRoot()`, `decodePoint(out)`. */
export function pointFunctions(): WasmFunction[] {
  return [
    named('addAffine', 2, sumWithAffine(false)),
    named('subtractAffine', 2, sumWithAffine(true)),
    named('addExtended', 2, sumWithExtended()),
    named('decodeRoot', 0, decodeRoot()),
    named('decodeCandidate', 0, decodeCandidate()),
    named('storeAffine', 1, storeAffine()),
  ];
}

const named = (name: string, params: number, body: number[]): WasmFunction => ({
  name,
  params,
  i64Locals: 0,
  body,
});

const X = { parameter: 0, field: 0 };
const Y = { parameter: 0, field: 1 };
const Z = { parameter: 0, field: 2 };
const T = { parameter: 0, field: 3 };
const other = (field: number) => ({ parameter: 1, field });
const [A, B, C, D, E, F, G, H] = Array.from({ length: 8 }, (_, i) => slots.scratch + at(i)) as [
  ...Array<number>,
] as [number, number, number, number, number, number, number, number];

function sumWithAffine(negated: boolean): number[] {
  const [plus, minus] = negated ? [1, 0] : [0, 1];
  return [
    ...[...subtract(A, Y, X), ...multiply(A, A, other(minus))],
    ...[...add(B, Y, X), ...multiply(B, B, other(plus))],
    ...multiply(C, T, other(2)),
    ...add(D, Z, Z),
    ...finishSum(negated),
  ];
}

function sumWithExtended(): number[] {
  return [
    ...[...subtract(A, Y, X), ...subtract(C, other(1), other(0)), ...multiply(A, A, C)],
    ...[...add(B, Y, X), ...add(C, other(1), other(0)), ...multiply(B, B, C)],
    ...[...multiply(C, T, other(3)), ...multiply(C, C, slots.twiceD)],
    ...[...multiply(D, Z, other(2)), ...add(D, D, D)],
    ...finishSum(false),
  ];
}

function finishSum(negated: boolean): number[] {
  const [f, g] = negated ? [G, F] : [F, G];
  return [
    ...[...subtract(E, B, A), ...subtract(f, D, C), ...add(g, D, C), ...add(H, B, A)],
    ...[...multiply(X, E, F), ...multiply(Y, G, H), ...multiply(Z, F, G), ...multiply(T, E, H)],
  ];
}

/** From s to u1, u2, v, the candidate for 1 / sqrt(v * u2^2), and what it must square to. */
function decodeRoot(): number[] {
  const { s, u1, u2, v, root, check, one, zero, d } = slots;
  const w = check;
  return [
    ...[...multiply(A, s, s), ...subtract(u1, one, A), ...add(u2, one, A)],
    ...[...multiply(B, u2, u2), ...multiply(C, u1, u1), ...multiply(C, C, d)],
    ...[...subtract(v, zero, C), ...subtract(v, v, B), ...multiply(w, v, B)],
    // SQRT_RATIO_M1(1, w), RFC 9496 4.2: root = w^3 * (w^7)^((p - 5) / 8), check = w * root^2.
    ...[...multiply(A, w, w), ...multiply(A, A, w), ...multiply(B, A, A), ...multiply(B, B, w)],
    ...powerOfP58(root, B),
    ...multiply(root, root, A),
    ...[...multiply(B, root, root), ...multiply(check, w, B)],
  ];
}

/** out = base^((p - 5) / 8) = base^(2^252 - 3), by the addition chain of the reference implementation. */
function powerOfP58(out: number, base: number): number[] {
  const [x, y, z] = [C, D, E];
  const run = (to: number, from: number, times: number, factor: number) => [
    ...squareTimes(to, from, times),
    ...multiply(to, to, factor),
  ];
  return [
    ...[...squareTimes(x, base, 1), ...squareTimes(y, x, 2), ...multiply(y, base, y)], // 2, 8, 9
    ...[...multiply(x, x, y), ...squareTimes(x, x, 1), ...multiply(x, y, x)], // 11, 22, 31 = 2^5 - 1
    ...run(y, x, 5, x), // y = 2^10 - 1
    ...run(z, y, 10, y), // z = 2^20 - 1
    ...run(F, z, 20, z), // F = 2^40 - 1
    ...run(F, F, 10, y), // F = 2^50 - 1
    ...run(z, F, 50, F), // z = 2^100 - 1
    ...run(G, z, 100, z), // G = 2^200 - 1
    ...run(G, G, 50, F), // G = 2^250 - 1
    ...run(out, G, 2, base), // 2^252 - 3
  ];
}

/** With the right root: x before its sign is chosen, and y. */
function decodeCandidate(): number[] {
  const { s, u1, u2, v, root, x, y, two } = slots;
  return [
    ...[...multiply(A, root, u2), ...multiply(B, root, A), ...multiply(B, B, v)],
    ...[...multiply(x, s, A), ...multiply(x, x, two), ...multiply(y, u1, B)],
  ];
}

/** y + x, y - x and 2dxy of the decoded point. */
function storeAffine(): number[] {
  const { x, y, t, twiceD } = slots;
  return [...add(X, y, x), ...subtract(Y, y, x), ...multiply(Z, t, twiceD)];
}
