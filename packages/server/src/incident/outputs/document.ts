import { Problem } from '@kith/protocol';
import type { Attribution, CaseDetail, CaseEvent, CaseHost, Figures } from '@kith/protocol/study';
import { ringsOf, timelineOf } from '../../cases/overview.ts';
import { type CaseRecord, readCase, readRecords, readRingActions } from '../../cases/store.ts';
import type { Context } from '../../context.ts';
import { figuresOf } from '../exposure.ts';
import type { RunRow } from '../store.ts';

/** All that an output is made of: the figures, and what people have said about the case. */
export interface IncidentDocument {
  figures: Figures;
  state: CaseDetail['state'];
  openedAt: string;
  host: CaseHost;
  attribution: Attribution | null;
  timeline: CaseEvent[];
  /** Decisions in words: what was changed, and why. */
  decisions: string[];
  evidence: { name: string; text: string }[];
}

const recordsMax = 10_000;

/** @throws Problem `case_unknown`, `case_not_computed` */
export async function readDocument(
  context: Context,
  caseId: string,
): Promise<{ document: IncidentDocument; run: Pick<RunRow, 'caseId' | 'run'> }> {
  const row = await readCase(context.database, caseId);
  if (!row) throw new Problem('case_unknown');
  const { run, figures } = await figuresOf(context, caseId);
  const rings = await ringsOf(context, caseId);
  const records = await readRecords(context.database, caseId, recordsMax);
  const actions = await readRingActions(
    context.database,
    rings.map(({ ringId }) => ringId),
  );
  const document = {
    figures,
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    host: row.host,
    attribution: row.attribution,
    timeline: timelineOf(
      row,
      rings,
      records.filter(({ kind }) => kind === 'decision'),
      actions,
      figures,
    ),
    decisions: textsOf(records, 'decision'),
    evidence: records
      .filter(({ kind }) => kind === 'evidence')
      .map(({ name, text }) => ({ name: name ?? '', text })),
  };
  return { document, run };
}

function textsOf(records: readonly CaseRecord[], kind: CaseRecord['kind']): string[] {
  return records.filter((record) => record.kind === kind).map(({ text }) => text);
}
