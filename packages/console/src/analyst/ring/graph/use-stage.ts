import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Drawing, DrawnNode } from './drawing.ts';
import type { View } from './stage/looks.ts';
import { onTheme } from './stage/palette.ts';
import type { Stage } from './stage/stage.ts';

/** Begun with the page, so that the drawing library comes while the ring is being asked for. */
const stageCode = Promise.all([
  import('./stage/stage.ts'),
  import('./stage/programs.ts'),
  import('sigma'),
  import('graphology'),
]);
// Whoever waits for it hears of a failure; until then it is nobody's.
stageCode.catch(() => undefined);

interface StageState {
  /** `none` where the browser cannot draw it. */
  phase: 'coming' | 'ready' | 'none';
  isSettled: boolean;
  pinned: ReadonlySet<number>;
}

const atFirst: StageState = { phase: 'coming', isSettled: false, pinned: new Set() };

/** Puts a drawing on the stage, and takes it down again. */
export function useStage(
  container: RefObject<HTMLDivElement | null>,
  drawing: Drawing,
  view: Omit<View, 'pinned'>,
  onNode: (node: DrawnNode | undefined) => void,
) {
  const stage = useRef<Stage>(undefined);
  const [state, setState] = useState(atFirst);
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let isOver = false;
    const change = (part: Partial<StageState>) => !isOver && setState((now) => ({ ...now, ...part }));
    setState(atFirst);
    const coming = stageCode.then(([{ createStage }]) =>
      createStage(element, drawing, {
        onNode,
        onPinned: (pinned) => change({ pinned }),
        onSettled: () => change({ isSettled: true }),
      }),
    );
    coming.then(
      (ready) => {
        if (isOver) return ready.end();
        stage.current = ready;
        change({ phase: 'ready' });
      },
      () => change({ phase: 'none' }),
    );
    return () => {
      isOver = true;
      stage.current?.end();
      stage.current = undefined;
    };
  }, [container, drawing, onNode]);
  useEffect(() => onTheme(() => stage.current?.recolour()), []);
  const { folded, chosen, focused } = view;
  const { phase, pinned } = state;
  useEffect(() => {
    if (phase === 'ready') stage.current?.look({ folded, chosen, focused, pinned });
  }, [phase, folded, chosen, focused, pinned]);
  return { stage, ...state };
}
