import { Sheet } from '../pieces/sheet.tsx';

export function PlanPage() {
  return <Sheet title="Plan">{null}</Sheet>;
}
