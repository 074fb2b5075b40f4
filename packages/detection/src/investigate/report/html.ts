/** HTML that is known to be safe: made by `html`, which escapes whatever it is given. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | readonly Html[] | undefined;

/** Account ids, clients and operators are chosen by strangers: everything but HTML made here is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.map((string, i) => string + (i < parts.length ? rendered(parts[i]) : ''));
  return new Html(text.join(''));
}

function rendered(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(String).join('');
  return escapeHtml(String(part));
}

/** What turns the order of letters around, or is no letter, is shown as what it is. */
const invisible = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

function escapeHtml(text: string): string {
  return text
    .replaceAll(invisible, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A table; columns of numbers are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly (Html | string | number)[])[]): Html {
  const cells = (row: readonly (Html | string | number)[]): Html[] =>
    row.map((cell) =>
      typeof cell === 'number' ? html`<td class="n">${formatted(cell)}</td>` : html`<td>${cell}</td>`,
    );
  return html`<div class="scroll"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div>`;
}

export function formatted(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(1);
}

/** `2026-10-01 14:03` in UTC. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

export function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
