import { describe } from 'vitest';
import { itKeepsValues } from './kith-store.contract.testing.ts';
import { MemoryStore } from './memory-store.ts';

describe('the store in memory', () => itKeepsValues(() => new MemoryStore(), false));
