import { Problem } from '@kith/protocol';

/** The environment as it is: flat, optional, text. */
export type Environment = Readonly<Record<string, string | undefined>>;

export function url(env: Environment, name: string): string | undefined {
  const text = env[name];
  if (text && !/^https?:$/.test(URL.parse(text)?.protocol ?? '')) invalid(name, 'must be an http(s) URL');
  return text || undefined;
}

export function onOrOff(env: Environment, name: string, fallback: boolean): boolean {
  const text = env[name] || (fallback ? 'on' : 'off');
  if (text !== 'on' && text !== 'off') invalid(name, 'must be on or off');
  return text === 'on';
}

export function invalid(name: string, why: string): never {
  throw new Problem('config_invalid', `${name} ${why}`);
}
