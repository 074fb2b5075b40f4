import { hashBytes } from './hash.ts';
import { fromBase64, toBase64 } from './text.ts';

/** The head of a tree, C2SP tlog-checkpoint v1.0.0: the text of a signed note. */
export interface Checkpoint {
  /** Names the log; also the name of its key. */
  origin: string;
  /** Leaves. */
  size: number;
  /** RFC 6962's MTH of them, 32 bytes. */
  root: Uint8Array;
}

export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** @returns undefined when it is not a checkpoint; extension lines are passed over */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', digits = '', encoded = '', ...rest] = text.split('\n');
  const root = fromBase64(encoded);
  const size = Number(digits);
  const wellFormed = origin !== '' && /^(0|[1-9]\d{0,15})$/.test(digits) && Number.isSafeInteger(size);
  const ended = rest.pop() === '' && rest.every((line) => line !== '');
  return wellFormed && ended && root?.length === hashBytes ? { origin, size, root } : undefined;
}
