import type { AddressBook } from '@kith/client';
import { describe, expect, it } from 'vitest';
import {
  type ImportEvent,
  type ImportState,
  importStart,
  importStep,
  numbersToSend,
} from './import-state.ts';
import type { Reading } from './reader-messages.ts';
import type { Source } from './source.ts';

const source: Source = { data: '', label: 'contacts.vcf', whole: true };
const reading = (...contacts: [name: string, number?: string][]): Reading => ({
  regions: ['DE', 'US'],
  region: 'US',
  book: {
    format: 'vcard',
    problems: [],
    contacts: contacts.map(([name, number]) => ({
      name,
      entries: number ? [{ raw: number, number }] : [{ raw: '12', rejection: 'too_short' }],
    })),
  } as unknown as AddressBook,
});
const read: ImportEvent = { type: 'read', source, reading: reading(['Ada', '+1'], ['Ben', '+2'], ['Pizza']) };

const after = (...events: ImportEvent[]) => events.reduce<ImportState>(importStep, importStart);
const draftOf = (state: ImportState) => {
  if (!('draft' in state)) throw new Error(`no draft in ${state.step}`);
  return state.draft;
};

describe('an import', () => {
  it('opens a file, shows it, and has sent nothing', () => {
    expect(after({ type: 'opened', label: 'contacts.vcf' })).toEqual({
      step: 'choose',
      busy: 'contacts.vcf',
    });
    const state = after(read);
    expect(state.step).toBe('preview');
    expect(numbersToSend(draftOf(state))).toEqual(['+1', '+2']);
  });

  it('keeps what was deselected when the same file is read again for another country', () => {
    const deselected: ImportEvent = { type: 'selected', rows: [0], selected: false };
    expect(numbersToSend(draftOf(after(read, deselected, { type: 'rereading' }, read)))).toEqual(['+2']);
  });

  it('forgets what was deselected when another file is opened', () => {
    const other: ImportEvent = { ...read, source: { ...source } };
    expect(
      numbersToSend(draftOf(after(read, { type: 'selected', rows: [0], selected: false }, other))),
    ).toHaveLength(2);
  });

  it('stays in the preview, with the reason, when reading again fails', () => {
    expect(after(read, { type: 'rereading' }, { type: 'unreadable', error: 'x' })).toMatchObject({
      step: 'preview',
      rereading: false,
      error: 'x',
    });
  });

  it('goes back to the preview with the selection when sending fails', () => {
    const state = after(
      read,
      { type: 'selected', rows: [1], selected: false },
      { type: 'sending', way: 'plain' },
      { type: 'progress', progress: { done: 0, total: 1 } },
      { type: 'notSent', error: 'x' },
    );
    expect(state).toMatchObject({ step: 'preview', error: 'x' });
    expect(numbersToSend(draftOf(state))).toEqual(['+1']);
  });

  it('says that it was stopped, which is no failure', () => {
    const state = after(read, { type: 'sending', way: 'private' }, { type: 'notSent' });
    expect(state).toMatchObject({ step: 'preview', stopped: true });
    expect(state).not.toHaveProperty('error');
  });

  it('goes on with the same selection when contacts wait', () => {
    const outcome = { way: 'private' as const, waiting: 1, rejected: [] };
    const state = after(
      read,
      { type: 'selected', rows: [1], selected: false },
      { type: 'sending', way: 'private' },
      { type: 'sent', outcome },
      { type: 'sending', way: 'private' },
    );
    expect(state).toMatchObject({ step: 'sending', way: 'private', progress: undefined });
    expect(numbersToSend(draftOf(state))).toEqual(['+1']);
  });

  it('names the contacts whose numbers the service did not accept', () => {
    const outcome = {
      way: 'plain' as const,
      accepted: 1,
      new: 1,
      waiting: 0,
      rejected: [{ index: 1, code: 'not_valid' as const }],
    };
    expect(after(read, { type: 'sending', way: 'plain' }, { type: 'sent', outcome })).toMatchObject({
      step: 'done',
      outcome,
      total: 2,
      refused: [{ name: 'Ben', number: '+2', code: 'not_valid' }],
    });
  });

  it('ignores an answer that comes after it was started over', () => {
    const outcome = { way: 'plain' as const, accepted: 1, new: 1, waiting: 0, rejected: [] };
    expect(
      after(read, { type: 'sending', way: 'plain' }, { type: 'again' }, { type: 'sent', outcome }),
    ).toEqual(importStart);
  });
});
