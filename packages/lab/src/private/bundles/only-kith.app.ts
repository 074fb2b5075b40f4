import { Kith } from '@kith/client';

/** The smallest app there is: what it weighs is what `Kith` adds to any. */
Object.assign(globalThis, { Kith });
