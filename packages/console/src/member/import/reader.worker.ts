import { guessRegion, readAddressBook } from '@kith/client';
import { isRegion } from '@kith/protocol';
import type { ReadAnswer, Reading, ReadRequest } from './reader-messages.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const regions = letters.flatMap((first) => letters.map((second) => first + second)).filter(isRegion);

function read({ data, fileName, region: chosen, locale }: ReadRequest): Reading {
  const region = chosen ?? guessRegion(locale);
  const given = { ...(fileName !== undefined && { fileName }), ...(region !== undefined && { region }) };
  return { book: readAddressBook(data, given), regions, ...(region !== undefined && { region }) };
}

function answer(request: ReadRequest): ReadAnswer {
  try {
    return { id: request.id, ok: true, reading: read(request) };
  } catch (error) {
    return { id: request.id, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

self.onmessage = ({ data }: MessageEvent<ReadRequest>) => self.postMessage(answer(data));
