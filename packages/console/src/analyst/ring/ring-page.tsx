import { Sheet } from '../pieces/sheet.tsx';

export function RingPage() {
  return <Sheet title="Ring">{null}</Sheet>;
}
