import { Sheet } from '../pieces/sheet.tsx';

export function OverviewPage() {
  return <Sheet title="Overview">{null}</Sheet>;
}
