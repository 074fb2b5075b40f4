import { Kith, MemoryStore } from '@kith/client';

/** What a phone app bundles. */
Object.assign(globalThis, { Kith, MemoryStore });
