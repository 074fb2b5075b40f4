import { Sheet } from '../pieces/sheet.tsx';

export function PeoplePage() {
  return <Sheet title="Analysts">{null}</Sheet>;
}
