import {
  call,
  i32Const,
  i64Const,
  i64Load32S,
  i64Store32,
  localGet,
  localSet,
  localTee,
  op,
  type WasmFunction,
} from './assembler.ts';

/**
 * Arithmetic modulo 2^255 - 19 as WebAssembly: ten signed limbs of 26 and 25 bits by turns, each an int32 in memory
 * (Bernstein, Curve25519, 2006; the bounds are those of its reference implementation). A product wants limbs below
 * 1.65 * 2^26 and gives limbs below 1.01 * 2^25; so up to three products may be added or subtracted before the next.
 */
export const FIELD_BYTES = 40;

const LIMBS = Array.from({ length: 10 }, (_, i) => i);
const bitsOf = (limb: number) => (limb % 2 === 0 ? 26 : 25);

/** Indices that `call` takes; the order of `fieldFunctions`. */
export const MULTIPLY = 0;
export const ADD = 1;
export const SUBTRACT = 2;
export const SQUARE_TIMES = 3;

/** `multiply(out, a, b)`, `add(out, a, b)`, `subtract(out, a, b)`, `squareTimes(out, a, times)`; pointers, which may be equal. */
export function fieldFunctions(): WasmFunction[] {
  return [multiply(), limbwise('add', op.i64Add), limbwise('subtract', op.i64Sub), squareTimes()];
}

function multiply(): WasmFunction {
  const [out, a, b] = [0, 1, 2];
  // After the parameters: a, 2a, b, 19b, the ten sums, and a carry.
  const [a1, a2, b1, b19, sum, carry] = [3, 13, 23, 33, 43, 53];
  const load = LIMBS.flatMap((i) => [
    ...[...localGet(a), ...i64Load32S(4 * i), ...localTee(a1 + i), ...i64Const(2), ...op.i64Mul],
    ...localSet(a2 + i),
    ...[...localGet(b), ...i64Load32S(4 * i), ...localTee(b1 + i), ...i64Const(19), ...op.i64Mul],
    ...localSet(b19 + i),
  ]);
  // Odd limbs stand for 25.5 bits rounded up, so a product of two odd limbs counts twice; 2^255 is 19.
  const products = LIMBS.flatMap((k) => [
    ...LIMBS.flatMap((i) => {
      const j = (k - i + 10) % 10;
      const left = i % 2 === 1 && j % 2 === 1 ? a2 + i : a1 + i;
      const right = i + j >= 10 ? b19 + j : b1 + j;
      return [...localGet(left), ...localGet(right), ...op.i64Mul, ...(i === 0 ? [] : op.i64Add)];
    }),
    ...localSet(sum + k),
  ]);
  const carries = [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0].flatMap((limb) => carryFrom(limb, sum, carry));
  const store = LIMBS.flatMap((i) => [...localGet(out), ...localGet(sum + i), ...i64Store32(4 * i)]);
  return { name: 'multiply', params: 3, i64Locals: 51, body: [...load, ...products, ...carries, ...store] };
}

/** carry = (limb + half) >> bits; next += carry (times 19 past the top); limb -= carry << bits. */
function carryFrom(limb: number, sum: number, carry: number): number[] {
  const bits = bitsOf(limb);
  const next = sum + ((limb + 1) % 10);
  const wrapped = limb === 9 ? [...i64Const(19), ...op.i64Mul] : [];
  return [
    ...[...localGet(sum + limb), ...i64Const(2 ** (bits - 1)), ...op.i64Add],
    ...[...i64Const(bits), ...op.i64ShrS, ...localSet(carry)],
    ...[...localGet(next), ...localGet(carry), ...wrapped, ...op.i64Add, ...localSet(next)],
    ...[...localGet(sum + limb), ...localGet(carry), ...i64Const(bits), ...op.i64Shl, ...op.i64Sub],
    ...localSet(sum + limb),
  ];
}

function limbwise(name: string, operation: readonly number[]): WasmFunction {
  const body = LIMBS.flatMap((i) => [
    ...localGet(0),
    ...[...localGet(1), ...i64Load32S(4 * i), ...localGet(2), ...i64Load32S(4 * i), ...operation],
    ...i64Store32(4 * i),
  ]);
  return { name, params: 3, i64Locals: 0, body };
}

function squareTimes(): WasmFunction {
  const [out, a, times] = [0, 1, 2];
  const square = (from: number) => [
    ...[...localGet(out), ...localGet(from), ...localGet(from), ...call(MULTIPLY)],
    ...[...localGet(times), ...i32Const(1), ...op.i32Sub],
  ];
  const body = [
    ...[...square(a), ...localTee(times)],
    // One squaring is done; the loop runs while some are left.
    ...[0x04, 0x40, ...op.loop, ...square(out), ...localTee(times), ...op.brIf, 0, ...op.end, ...op.end],
  ];
  return { name: 'squareTimes', params: 3, i64Locals: 0, body };
}
