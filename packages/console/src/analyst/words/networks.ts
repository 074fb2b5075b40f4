/** Kinds of networks from which honest people seldom come, and what each is. */
const telling: Record<string, string> = {
  hosting: 'Servers for rent, not homes or phones',
  tor: 'An exit of the Tor network',
  proxy: 'A proxy or virtual private network',
};

const plain: Record<string, string> = { mobile: 'Mobile', residential: 'Home', unknown: '' };

const titles: Record<string, string> = { hosting: 'Hosting', tor: 'Tor', proxy: 'Proxy' };

/** What a network is called by its kind, and why it is worth a look where it is. */
export function networkWords(kind: string): { title: string; warns?: string } {
  const warns = telling[kind];
  return warns ? { title: titles[kind] ?? kind, warns } : { title: plain[kind] ?? kind };
}
