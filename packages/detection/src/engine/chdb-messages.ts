import type { SqlParams } from './engine.ts';

/** What the parent asks of the child; every request is answered once, by its number. */
export type ChildRequest =
  | { id: number; do: 'query' | 'command'; sql: string; params: SqlParams }
  | { id: number; do: 'insert'; table: string; lines: Uint8Array }
  | { id: number; do: 'close' };

export type ChildReply =
  | { id: number; ok: true; bytes?: Uint8Array }
  | { id: number; ok: false; message: string }
  | { ready: true }
  | { ready: false; message: string };

/** What the child is told at birth, in its environment. */
export interface ChildOptions {
  folder: string;
  settings: Record<string, number | string>;
}

export const childOptionsVariable = 'KITH_CHDB_CHILD';
