import { html } from '@kith/detection';
import type { CaseHost } from '@kith/protocol/study';
import type { Context } from '../../context.ts';
import { readMembers } from '../../members/store.ts';
import { isRightToLeft, type Language, languages } from '../languages.ts';
import { type NotifiedRow, readNotified } from '../lists-store.ts';
import type { RunRow } from '../store.ts';
import { templates } from './templates.ts';

/** What one exposed member is told: Art. 34 GDPR. A draft, as everything here. */
export interface Notice {
  member: string;
  language: Language;
  direction: 'ltr' | 'rtl';
  subject: string;
  /** Paragraphs, with an empty line between two. */
  text: string;
  /** How often the member's card was shown, and to how many accounts. */
  times: number;
  viewers: number;
  firstAt: string;
  lastAt: string;
}

export interface NoticeOptions {
  /** One language for everybody; otherwise that of the country of each member's number. */
  language?: Language;
}

const nameMax = 200;

/** The next notices, in the order of member ids; those who have left get none. */
export async function nextNotices(
  { database }: Context,
  run: Pick<RunRow, 'caseId' | 'run'>,
  given: NoticeOptions & { host: CaseHost; after: string; limit: number },
): Promise<Notice[]> {
  const rows = await readNotified(database, run, given.after, given.limit);
  const members = await readMembers(
    database,
    rows.map(({ memberId }) => memberId),
  );
  const names = new Map(members.map((member) => [member.memberId, member.card.name]));
  // Who has left since the figures were computed gets a notice without a name: the host may still know where to send it.
  return rows.map((row) => noticeOf(row, names.get(row.memberId) ?? '', given));
}

function noticeOf(
  row: NotifiedRow,
  name: string,
  { host, language: wanted }: NoticeOptions & { host: CaseHost },
): Notice {
  const language = wanted ?? asLanguage(row.language);
  const template = templates[language];
  const moment = momentIn(template.locale);
  const words = {
    name: isolated(name),
    host: isolated(host.name || 'the service'),
    contact: isolated(host.contact || '…'),
    times: String(row.times),
    viewers: String(row.viewers),
    first: isolated(`${moment(row.first)} UTC`),
    last: isolated(`${moment(row.last)} UTC`),
  };
  return {
    member: row.memberId,
    language,
    direction: isRightToLeft(language) ? 'rtl' : 'ltr',
    subject: template.subject(words),
    text: template.paragraphs(words).join('\n\n'),
    times: row.times,
    viewers: row.viewers,
    firstAt: row.first.toISOString(),
    lastAt: row.last.toISOString(),
  };
}

function asLanguage(text: string): Language {
  return languages.find((language) => language === text) ?? 'en';
}

/**
 * Text of somebody else's inside a sentence: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode TR 9) keep a name in
 * another script from turning the sentence round; control characters and what makes it endless are left out.
 */
function isolated(text: string): string {
  const clean = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
  const letters = [...clean];
  const shown = letters.length > nameMax ? `${letters.slice(0, nameMax).join('')}…` : clean;
  return `\u2068${shown}\u2069`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function momentIn(locale: string): (at: Date) => string {
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
    formats.set(locale, format);
  }
  return (at) => format.format(at);
}

/** A notice as a page of its own. */
export function noticeHtml({ language, direction, subject, text }: Notice): string {
  return html`<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${subject}</title>
<style>:root { color-scheme: light dark; } body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 17px/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }</style></head>
<body><h1>${subject}</h1>${text.split('\n\n').map((paragraph) => html`<p>${paragraph}</p>`)}</body></html>`
    .text;
}
