import type { createAnalystRouter } from './analyst/router.tsx';
import type { createMemberRouter } from './member/router.tsx';

/** Two apps, two routers; a link may lead to any address of either. */
declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createMemberRouter> | ReturnType<typeof createAnalystRouter>;
  }
}
