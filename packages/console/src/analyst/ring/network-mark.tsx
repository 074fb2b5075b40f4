const marks: Record<string, string> = { hosting: 'Hosting', tor: 'Tor', proxy: 'Proxy', vpn: 'VPN' };

/** Marks networks that people seldom sync from; others have none. */
export function networkMark(kind: string) {
  const words = marks[kind];
  return words ? <span className="tag tag--number">{words}</span> : null;
}
