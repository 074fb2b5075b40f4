import { Sheet } from '../pieces/sheet.tsx';

export function LedgerPage() {
  return <Sheet title="Ledger">{null}</Sheet>;
}
