import { type Dispatch, useEffect, useReducer, useRef } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { counted } from '../../words/counts.ts';
import { useRefresh } from '../data/queries.ts';
import { demoAddressBook } from '../session/demo.ts';
import { useSignedIn } from '../session/session-context.tsx';
import {
  type Draft,
  type ImportEvent,
  type ImportState,
  importStart,
  importStep,
  numbersToSend,
} from './import-state.ts';
import { useRememberNames } from './local-names.tsx';
import { createReader, type Reader } from './reader.ts';
import { type Sent, sendBook } from './send-book.ts';
import { type Source, sourceOfFiles } from './source.ts';

/** What a member can do with an import. */
export interface ImportActions {
  openFiles: (files: readonly File[]) => void;
  openText: (text: string) => void;
  /** Only where there are demo members. */
  openSample: (() => void) | undefined;
  setRegion: (region: string) => void;
  select: (rows: readonly number[], selected: boolean) => void;
  setWhole: (whole: boolean) => void;
  send: () => void;
  stop: () => void;
  again: () => void;
}

/** The course of an import, and the actions that move it on. */
export function useImport(): { state: ImportState; actions: ImportActions } {
  const { demoId } = useSignedIn();
  const [state, dispatch] = useReducer(importStep, importStart);
  const open = useOpen(state, dispatch);
  const { send, stop } = useSend(state, dispatch);
  const actions: ImportActions = {
    openFiles: (files) =>
      open(files.length === 1 ? files[0]!.name : `${files.length} files`, () => sourceOfFiles(files)),
    openText: (text) =>
      open('the pasted text', async () => ({ data: text, label: 'pasted text', whole: false })),
    openSample: demoId === undefined ? undefined : () => open('the sample', () => sampleOf(demoId)),
    setRegion: (region) => state.step === 'preview' && open('', async () => state.draft.source, region),
    select: (rows, selected) => dispatch({ type: 'selected', rows, selected }),
    setWhole: (whole) => dispatch({ type: 'whole', whole }),
    send,
    stop,
    again: () => dispatch({ type: 'again' }),
  };
  return { state, actions };
}

async function sampleOf(demoId: string): Promise<Source> {
  return {
    data: await demoAddressBook(demoId),
    fileName: 'sample.vcf',
    label: 'the sample address book',
    whole: true,
  };
}

/** Opens a source in the reading worker; of two readings under way, the later one counts. */
function useOpen(state: ImportState, dispatch: Dispatch<ImportEvent>) {
  const reader = useReader();
  const remember = useRememberNames();
  const announce = useAnnounce();
  const turn = useRef(0);
  return async (label: string, fetchSource: () => Promise<Source>, region?: string) => {
    const mine = ++turn.current;
    dispatch(state.step === 'preview' ? { type: 'rereading' } : { type: 'opened', label });
    try {
      const source = await fetchSource();
      const reading = await reader().read(source, region);
      if (mine !== turn.current) return;
      remember(reading.book.contacts.map(({ name }) => name));
      dispatch({ type: 'read', source, reading });
      announce(`${counted(reading.book.contacts.length, 'contact')} read. Nothing has been sent.`);
    } catch (error) {
      if (mine === turn.current) dispatch({ type: 'unreadable', error });
    }
  };
}

/** One worker for the page, started when it is first needed. */
function useReader(): () => Reader {
  const reader = useRef<Reader>(undefined);
  useEffect(
    () => () => {
      reader.current?.close();
      reader.current = undefined;
    },
    [],
  );
  return () => {
    reader.current ??= createReader();
    return reader.current;
  };
}

function useSend(state: ImportState, dispatch: Dispatch<ImportEvent>) {
  const { kith } = useSignedIn();
  const refresh = useRefresh();
  const announce = useAnnounce();
  const leave = useRef<AbortController>(undefined);
  useEffect(() => () => leave.current?.abort(), []);
  const deliver = async (draft: Draft, signal: AbortSignal): Promise<Sent> => {
    const sending = { numbers: numbersToSend(draft), whole: draft.whole };
    return sendBook(kith, sending, (progress) => dispatch({ type: 'progress', progress }), { signal });
  };
  const send = async () => {
    if (state.step !== 'preview') return;
    leave.current = new AbortController();
    const { signal } = leave.current;
    dispatch({ type: 'sending' });
    try {
      const sent = await deliver(state.draft, signal);
      dispatch({ type: 'sent', sent });
      announce(`Sent. ${counted(sent.accepted, 'number')} accepted.`);
    } catch (error) {
      dispatch(signal.aborted ? { type: 'notSent' } : { type: 'notSent', error });
    }
    refresh();
  };
  return { send, stop: () => leave.current?.abort() };
}
