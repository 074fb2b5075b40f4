import type { AddressBookContact, AddressBookEntry } from '../address-book.ts';
import { toEntry } from '../entries.ts';
import type { ProblemList } from '../problem-list.ts';
import { type ContentLine, contentLines } from './content-lines.ts';
import { parseProperty } from './property.ts';
import { components, decodeValue, unescapeText } from './property-text.ts';

/** What names a card, best first. */
const nameProperties = ['FN', 'N', 'NICKNAME', 'ORG', 'EMAIL'] as const;
type NameProperty = (typeof nameProperties)[number];

interface OpenCard {
  readonly line: number;
  readonly names: Map<NameProperty, string>;
  readonly entries: AddressBookEntry[];
}

/**
 * The cards of a vCard file: versions 2.1 (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350), as many as there are.
 * A card inside a card (AGENT in 2.1) is a contact of its own.
 */
export function readVcard(
  text: string,
  region: string | undefined,
  problems: ProblemList,
): AddressBookContact[] {
  const cards = new CardReader(region, problems);
  for (const line of contentLines(text)) cards.take(line);
  return cards.finish();
}

class CardReader {
  readonly #region: string | undefined;
  readonly #problems: ProblemList;
  readonly #open: OpenCard[] = [];
  readonly #closed: OpenCard[] = [];
  #outside = false;

  constructor(region: string | undefined, problems: ProblemList) {
    this.#region = region;
    this.#problems = problems;
  }

  take({ line, text }: ContentLine): void {
    const property = parseProperty(text);
    const isCard = property?.value.trim().toUpperCase() === 'VCARD';
    if (isCard && property?.name === 'BEGIN') this.#begin(line);
    else if (isCard && property?.name === 'END') this.#end(line);
    else if (this.#open.length === 0) this.#passOver(line);
    else if (!property) this.#problems.add('property_without_value', line);
    else this.#read(property.name, () => decodeValue(property, line, this.#problems));
  }

  /** The contacts in the order in which their cards begin. */
  finish(): AddressBookContact[] {
    for (const card of this.#open) this.#problems.add('card_not_closed', card.line);
    return [...this.#closed, ...this.#open]
      .toSorted((a, b) => a.line - b.line)
      .map((card) => ({ name: nameOf(card), entries: card.entries }));
  }

  #begin(line: number): void {
    this.#outside = false;
    this.#open.push({ line, names: new Map(), entries: [] });
  }

  #end(line: number): void {
    const card = this.#open.pop();
    if (card) this.#closed.push(card);
    else this.#problems.add('end_without_begin', line);
  }

  /** Told once for each stretch. */
  #passOver(line: number): void {
    if (!this.#outside) this.#problems.add('outside_card', line);
    this.#outside = true;
  }

  #read(name: string, value: () => string): void {
    const card = this.#open.at(-1)!;
    if (name === 'TEL') {
      const raw = unescapeText(value());
      if (raw !== '') card.entries.push(toEntry(raw, this.#region));
    } else if (isNameProperty(name) && !card.names.get(name)) {
      card.names.set(name, readName(name, value()));
    }
  }
}

function isNameProperty(name: string): name is NameProperty {
  return (nameProperties as readonly string[]).includes(name);
}

function readName(property: NameProperty, value: string): string {
  if (property === 'N') return fromParts(components(value));
  return property === 'ORG' ? components(value).filter(Boolean).join(', ') : unescapeText(value);
}

/** From family name, given name, additional names, prefixes, suffixes to how they are said. */
function fromParts([family, given, additional, prefix, suffix]: readonly string[]): string {
  return [prefix, given, additional, family, suffix].filter(Boolean).join(' ');
}

function nameOf({ names }: OpenCard): string {
  const named = nameProperties.find((property) => names.get(property));
  return named ? names.get(named)! : '';
}
