/**
 * As much of a WebAssembly assembler as the sums of multi-scalar.ts need: functions over i32 pointers with i64 locals,
 * one exported memory, no imports. https://webassembly.github.io/spec/core/binary/
 */

/** Opcodes used here, by their names in the text format. */
export const op = {
  loop: [0x03, 0x40],
  brIf: [0x0d],
  end: [0x0b],
  i32Add: [0x6a],
  i32Sub: [0x6b],
  i64Add: [0x7c],
  i64Sub: [0x7d],
  i64Mul: [0x7e],
  i64Shl: [0x86],
  i64ShrS: [0x87],
} as const satisfies Record<string, readonly number[]>;

export const localGet = (index: number) => [0x20, ...unsigned(index)];
export const localSet = (index: number) => [0x21, ...unsigned(index)];
export const localTee = (index: number) => [0x22, ...unsigned(index)];
export const i32Const = (value: number) => [0x41, ...signed(value)];
export const i64Const = (value: number) => [0x42, ...signed(value)];
export const call = (index: number) => [0x10, ...unsigned(index)];
/** Reads a signed 32-bit integer at the pointer on the stack plus `offset`, as i64. */
export const i64Load32S = (offset: number) => [0x34, 2, ...unsigned(offset)];
/** Writes the low 32 bits of the i64 on the stack. */
export const i64Store32 = (offset: number) => [0x3e, 2, ...unsigned(offset)];

/** One function: `params` i32 parameters, then `i64Locals` i64 locals; it returns nothing. */
export interface WasmFunction {
  name: string;
  params: number;
  i64Locals: number;
  body: readonly number[];
}

/** The module with `functions` in order (their index is what `call` takes), all exported, and a memory named `memory`. */
export function assembleModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const arities = [...new Set(functions.map((f) => f.params))];
  const types = arities.map((n) => [0x60, ...vector(Array(n).fill([0x7f])), 0]);
  const exported = functions.map((f, index) => [...text(f.name), 0, ...unsigned(index)]);
  const code = functions.map((f) => {
    const body = [...vector([[...unsigned(f.i64Locals), 0x7e]]), ...f.body, ...op.end];
    return [...unsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(3, vector(functions.map((f) => unsigned(arities.indexOf(f.params))))),
    ...section(5, vector([[0, ...unsigned(pages)]])),
    ...section(7, vector([[...text('memory'), 2, 0], ...exported])),
    ...section(10, vector(code)),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): number[] {
  return [...unsigned(name.length), ...new TextEncoder().encode(name)];
}

/** LEB128 of a non-negative integer below 2^31. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** LEB128 of an integer of 32 bits. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}
