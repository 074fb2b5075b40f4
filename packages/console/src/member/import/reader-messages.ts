import type { AddressBook } from '@kith/client';

/** What the page asks the reading worker. */
export interface ReadRequest {
  id: number;
  data: Uint8Array<ArrayBuffer> | string;
  fileName?: string;
  /** As the member chose it; otherwise it is guessed from `locale`. */
  region?: string;
  /** BCP 47, of the reader. */
  locale: string;
}

/** An address book, the region it was read for, and the regions whose numbering plans are known. */
export interface Reading {
  book: AddressBook;
  region?: string;
  regions: string[];
}

/** What the worker answers. */
export type ReadAnswer =
  | { id: number; ok: true; reading: Reading }
  | { id: number; ok: false; detail: string };
