/** "1 contact", "2,340 contacts". */
export function counted(n: number, one: string, many = `${one}s`, locale = 'en-GB'): string {
  return `${grouped(n, locale)} ${n === 1 ? one : many}`;
}

/** "2,340" */
export function grouped(n: number, locale = 'en-GB'): string {
  return new Intl.NumberFormat(locale).format(n);
}
