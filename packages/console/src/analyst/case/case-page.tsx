import { Sheet } from '../pieces/sheet.tsx';

export function CasePage() {
  return <Sheet title="Case">{null}</Sheet>;
}
