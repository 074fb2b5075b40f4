import { readFile } from 'node:fs/promises';
import { Problem } from '@kith/protocol';
import type { OutsideIssuers } from '../issuing/issuer.ts';

/**
 * Issuers outside the service: `{"set": "<issuers.txt of the ceremony>", "urls": ["https://…", …]}`.
 *
 * @throws Problem `config_invalid`
 */
export async function readIssuers(file: string | undefined): Promise<OutsideIssuers | undefined> {
  if (!file) return undefined;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem('config_invalid', `KITH_ISSUERS: ${file} cannot be read`);
  });
  const { set, urls } = parse(text, file);
  if (typeof set === 'string' && Array.isArray(urls) && urls.every((url) => URL.canParse(url))) {
    return { set: set.trim(), urls };
  }
  throw new Problem('config_invalid', `KITH_ISSUERS: ${file} needs "set" and "urls"`);
}

function parse(text: string, file: string): { set?: unknown; urls?: string[] } {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('config_invalid', `KITH_ISSUERS: ${file}: ${(error as Error).message}`);
  }
}
