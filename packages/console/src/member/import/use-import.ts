import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { counted } from '../../words/counts.ts';
import { useRefresh } from '../data/queries.ts';
import { demoAddressBook } from '../session/demo.ts';
import { useSessionStore, useSignedIn } from '../session/session-context.tsx';
import {
  type Draft,
  type ImportEvent,
  type ImportState,
  importStart,
  importStep,
  numbersToSend,
  type Outcome,
} from './import-state.ts';
import { useRememberNames } from './local-names.tsx';
import { createReader, type Reader } from './reader.ts';
import { sendBook } from './send-book.ts';
import { type Source, sourceOfFiles } from './source.ts';
import { rememberedWay, rememberWay, type SendingWay } from './way.ts';

/** What a member can do with an import. */
export interface ImportActions {
  openFiles: (files: readonly File[]) => void;
  openText: (text: string) => void;
  /** Only where there are demo members. */
  openSample: (() => void) | undefined;
  setRegion: (region: string) => void;
  select: (rows: readonly number[], selected: boolean) => void;
  setWhole: (whole: boolean) => void;
  setWay: (way: SendingWay) => void;
  /** @param number the member's own; only the private way needs it */
  send: (way: SendingWay, number: string | null) => void;
  stop: () => void;
  again: () => void;
}

/** The course of an import, and the actions that move it on. */
export function useImport(): { state: ImportState; way: SendingWay; actions: ImportActions } {
  const { demoId } = useSignedIn();
  const [way, setWay] = useState(() => rememberedWay());
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
    setWay: (chosen) => {
      rememberWay(chosen);
      setWay(chosen);
    },
    send,
    stop,
    again: () => dispatch({ type: 'again' }),
  };
  return { state, way, actions };
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
  const deliver = useDeliver(dispatch);
  const refresh = useRefresh();
  const announce = useAnnounce();
  const leave = useRef<AbortController>(undefined);
  useEffect(() => () => leave.current?.abort(), []);
  const send = async (way: SendingWay, number: string | null) => {
    if (state.step !== 'preview' && state.step !== 'done') return;
    leave.current = new AbortController();
    const { signal } = leave.current;
    dispatch({ type: 'sending', way });
    try {
      const outcome = await deliver(way, number, state.draft, signal);
      dispatch({ type: 'sent', outcome });
      announce(spoken(outcome));
    } catch (error) {
      dispatch(signal.aborted ? { type: 'notSent' } : { type: 'notSent', error });
    }
    refresh();
  };
  return { send, stop: () => leave.current?.abort() };
}

/** Takes a draft to Kith, in either way. */
function useDeliver(dispatch: Dispatch<ImportEvent>) {
  const { kith, connection } = useSignedIn();
  const store = useSessionStore();
  return async (
    way: SendingWay,
    number: string | null,
    draft: Draft,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    const sending = { numbers: numbersToSend(draft), whole: draft.whole };
    const onProgress = (progress: Extract<ImportEvent, { type: 'progress' }>['progress']) =>
      dispatch({ type: 'progress', progress });
    if (way === 'plain') return { way, ...(await sendBook(kith, sending, onProgress, { signal })) };
    const { id: memberId } = await kith.me({ signal });
    const { findPrivately } = await import('./find-privately.ts');
    try {
      const looker = { memberId, number, connection };
      return { way, ...(await findPrivately(looker, sending, onProgress, signal)) };
    } catch (error) {
      // A wrong number is asked for again.
      if (codeOf(error) === 'keys_invalid') store.setNumber(undefined);
      throw error;
    }
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function spoken(outcome: Outcome): string {
  if (outcome.way === 'plain') return `Sent. ${counted(outcome.accepted, 'number')} accepted.`;
  const { waiting } = outcome;
  return waiting > 0
    ? `Looked, and ${counted(waiting, 'number')} wait for their turn.`
    : 'Looked for everyone.';
}
