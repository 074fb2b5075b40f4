import { aggregate, feature } from './common.ts';
import { type MemberSignal, number } from './signal.ts';

/** Enumerators are taken to hide as often as not. */
const hidingShare = 0.5;
/** However few of the members hide, or do not: those whom one has not seen are taken to be so many. */
const unseenShare = 0.05;

export const hiding: MemberSignal = {
  kind: 'member',
  id: 'hiding',
  family: 'openness',
  title: 'Hides while it asks',
  means:
    'Whether the account looks for others and lets nobody find it, against how many members do. Whoever hides meets nobody, so that meetings and reciprocity say nothing: an enumerator hides, or it shows itself and is met by nobody.',
  blindSpots:
    'Many honest people hide, so it says little by itself. Where hiding is the default, it says nothing.',
  hardToEvade: true,
  needs: ['discoverable'],
  aggregates: {
    fresh: aggregate.fresh,
    shown: "countIf(discoverable != '' AND discoverable != 'nobody')",
  },
  features: { hides: feature.hides },
  references: {
    hiding: {
      kind: 'share',
      among: 'everyone',
      part: 'hides',
      whole: '1',
      alike: 'hides',
      where: 'fresh >= 20 AND hidden + shown > 0',
    },
  },
  weight: (reference) => {
    const honest = reference.share('hiding').alike;
    const among = (share: string): string => `log(${hidingShare} / greatest(${share}, ${unseenShare}))`;
    return `multiIf(hidden + shown = 0, 0, hides, ${among(honest)}, ${among(`1 - ${honest}`)})`;
  },
  words: (row) =>
    number(row, 'hides') > 0
      ? 'looks for others and lets nobody find it'
      : 'can be found while it looks for others',
};
