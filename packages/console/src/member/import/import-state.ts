import type { Progress as Step } from '@kith/client';
import type { Found } from './find-privately.ts';
import type { Reading } from './reader-messages.ts';
import { numbersOf, type Row, rowsOf } from './selection.ts';
import type { Progress, Sent } from './send-book.ts';
import type { Source } from './source.ts';
import type { SendingWay } from './way.ts';

/** An address book that was read, and what the member makes of it. */
export interface Draft {
  source: Source;
  region: string | undefined;
  regions: readonly string[];
  format: string;
  problems: Reading['book']['problems'];
  rows: readonly Row[];
  deselected: ReadonlySet<number>;
  whole: boolean;
}

/** What came of it, in the way that it went. */
export type Outcome = ({ way: 'plain' } & Sent) | ({ way: 'private' } & Found);

/** A number that the service did not accept, with whose it is. */
export interface Refused {
  name: string;
  number: string;
  code: string;
}

export type ImportState =
  | { step: 'choose'; busy?: string; error?: unknown }
  | { step: 'preview'; draft: Draft; rereading: boolean; error?: unknown; stopped?: boolean }
  | { step: 'sending'; draft: Draft; way: SendingWay; progress: Progress | Step | undefined }
  | { step: 'done'; draft: Draft; outcome: Outcome; total: number; refused: Refused[] };

export type ImportEvent =
  | { type: 'opened'; label: string }
  | { type: 'read'; source: Source; reading: Reading }
  | { type: 'unreadable'; error: unknown }
  | { type: 'rereading' }
  | { type: 'selected'; rows: readonly number[]; selected: boolean }
  | { type: 'whole'; whole: boolean }
  | { type: 'sending'; way: SendingWay }
  | { type: 'progress'; progress: Progress | Step }
  | { type: 'sent'; outcome: Outcome }
  | { type: 'notSent'; error?: unknown }
  | { type: 'again' };

export const importStart: ImportState = { step: 'choose' };

/** The numbers that a draft would send. */
export function numbersToSend(draft: Draft): string[] {
  return numbersOf(draft.rows, draft.deselected);
}

/** The whole course of an import; nothing leaves the device before `sending`. */
export function importStep(state: ImportState, event: ImportEvent): ImportState {
  switch (event.type) {
    case 'opened':
      return { step: 'choose', busy: event.label };
    case 'read':
      return { step: 'preview', draft: draftOf(state, event), rereading: false };
    case 'unreadable':
      return state.step === 'preview'
        ? { ...state, rereading: false, error: event.error }
        : { step: 'choose', error: event.error };
    case 'again':
      return importStart;
    case 'sending':
      return 'draft' in state
        ? { step: 'sending', draft: state.draft, way: event.way, progress: undefined }
        : state;
    default:
      return state.step === 'preview' || state.step === 'sending' ? draftStep(state, event) : state;
  }
}

type WithDraft = Extract<ImportState, { draft: Draft }>;

function draftStep(state: WithDraft, event: ImportEvent): ImportState {
  const { draft } = state;
  const preview = (change: Partial<Draft>): ImportState => ({
    step: 'preview',
    rereading: false,
    draft: { ...draft, ...change },
  });
  switch (event.type) {
    case 'rereading':
      return { step: 'preview', draft, rereading: true };
    case 'selected':
      return preview({ deselected: deselectedAfter(draft, event.rows, event.selected) });
    case 'whole':
      return preview({ whole: event.whole });
    case 'progress':
      return state.step === 'sending' ? { ...state, progress: event.progress } : state;
    case 'sent':
      return doneWith(draft, event.outcome);
    case 'notSent':
      return event.error === undefined
        ? { step: 'preview', draft, rereading: false, stopped: true }
        : { step: 'preview', draft, rereading: false, error: event.error };
    default:
      return state;
  }
}

/** Reading the same file again, for another country, keeps what was deselected in it. */
function draftOf(state: ImportState, { source, reading }: Extract<ImportEvent, { type: 'read' }>): Draft {
  const before = state.step === 'preview' && state.draft.source === source ? state.draft : undefined;
  return {
    source,
    region: reading.region,
    regions: reading.regions,
    format: reading.book.format,
    problems: reading.book.problems,
    rows: rowsOf(reading.book),
    deselected: before?.deselected ?? new Set(),
    whole: before?.whole ?? source.whole,
  };
}

function deselectedAfter({ deselected }: Draft, rows: readonly number[], selected: boolean): Set<number> {
  const after = new Set(deselected);
  for (const index of rows) selected ? after.delete(index) : after.add(index);
  return after;
}

function doneWith(draft: Draft, outcome: Outcome): ImportState {
  const numbers = numbersToSend(draft);
  const names = new Map(
    draft.rows.flatMap((row) => row.lines.map(({ number }) => [number, row.name] as const)),
  );
  const refused = outcome.rejected.map(({ index, code }) => {
    const number = numbers[index] ?? '';
    return { name: names.get(number) ?? '', number, code };
  });
  return { step: 'done', draft, outcome, total: numbers.length, refused };
}
