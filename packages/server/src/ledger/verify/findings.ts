type FindingKind =
  /** An entry, its context or its leaf is not what was sealed. */
  | 'changed'
  /** A sealed entry or its leaf is gone. */
  | 'removed'
  /** A row that no service has written: it lacks the code of the key, or stands where nothing was sealed. */
  | 'inserted'
  /** An authentic entry at a place where it was not sealed. */
  | 'reordered'
  /** An authentic entry that is marked sealed, but no leaf names it: its leaf was removed or changed. */
  | 'leaf-missing'
  /** The context of an entry is gone, and its member was not erased. */
  | 'context-removed'
  /** A stored part of the tree is not what the newest checkpoint signs. */
  | 'tile-changed'
  /** A checkpoint is missing, not signed by the ledger, or not that of these entries. */
  | 'checkpoint-invalid'
  /** The ledger is shorter than, or another than, the checkpoint kept outside. */
  | 'rolled-back'
  /** An authentic entry that was passed over while later ones were sealed. */
  | 'unsealed-old';

/** One thing wrong, with the names of what it befell as far as they can be known. */
export interface Finding {
  kind: FindingKind;
  memberId?: string;
  entryId?: string;
  leafIndex?: number;
  detail: string;
}

/** Tells every finding as it comes, and keeps the first of them: a ledger of millions may be wrong everywhere. */
export class Findings {
  readonly kept: Finding[] = [];
  total = 0;
  readonly #max: number;
  readonly #tell: (finding: Finding) => void;

  constructor(max: number, tell: (finding: Finding) => void = () => {}) {
    this.#max = max;
    this.#tell = tell;
  }

  add(finding: Finding | undefined): void {
    if (!finding) return;
    this.total += 1;
    if (this.kept.length < this.#max) this.kept.push(finding);
    this.#tell(finding);
  }
}
