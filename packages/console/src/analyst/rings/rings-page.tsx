import { Sheet } from '../pieces/sheet.tsx';

export function RingsPage() {
  return <Sheet title="Rings">{null}</Sheet>;
}
