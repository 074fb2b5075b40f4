import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoAnalyst } from '@kith/protocol/study';

interface Stored {
  /** When the demo town was made, ms since 1970. */
  townAt: number;
  serviceKey?: string;
  /** Whether the town has lived through the month before it. */
  lived?: boolean;
  analysts?: DemoAnalyst[];
}

export interface DevState extends Stored {
  save(changes: Partial<Stored>): Promise<void>;
}

/** What `kith dev` must remember between starts; its database alone keeps no secret that could be shown again. */
export async function devState(home: string, now: number): Promise<DevState> {
  const file = join(home, 'dev-state.json');
  const stored = await readStored(file);
  const state: DevState = {
    ...(stored ?? { townAt: now }),
    save: async (changes) => {
      Object.assign(state, changes);
      await mkdir(home, { recursive: true, mode: 0o700 });
      await writeFile(file, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    },
  };
  if (!stored) await state.save({});
  return state;
}

async function readStored(file: string): Promise<Stored | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Stored;
  } catch {
    return undefined;
  }
}
