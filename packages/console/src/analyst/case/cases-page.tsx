import { Sheet } from '../pieces/sheet.tsx';

export function CasesPage() {
  return <Sheet title="Cases">{null}</Sheet>;
}
