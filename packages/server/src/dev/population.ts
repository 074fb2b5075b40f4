import type { Card, Discoverable, MemberLine } from '@kith/protocol';
import { areaCodes } from './area-codes.ts';

/** A person of the demo: a member, and the numbers in its address book. */
export interface DemoPerson {
  member: MemberLine & { phone: string };
  book: { name: string; phone: string }[];
}

export interface DemoPopulation {
  people: DemoPerson[];
  /** The first few, whom a visitor may sign in as. */
  signIns: DemoPerson[];
}

const signInCount = 8;
const dayMs = 86_400_000;

/** 555-0100 to 555-0199. */
const numbersPerArea = 100;

const givenNames = [
  'Ada',
  'Amir',
  'Ana',
  'Aoife',
  'Arjun',
  'Aya',
  'Ben',
  'Bruna',
  'Carlos',
  'Chidi',
  'Chloe',
  'Dara',
  'David',
  'Elif',
  'Emeka',
  'Emma',
  'Farah',
  'Felix',
  'Grace',
  'Hana',
  'Hugo',
  'Ines',
  'Ivan',
  'Jana',
  'Jonas',
  'Kofi',
  'Lars',
  'Leila',
  'Lina',
  'Luca',
  'Maja',
  'Marta',
  'Mei',
  'Mila',
  'Nadia',
  'Nils',
  'Noor',
  'Olga',
  'Omar',
  'Paula',
  'Priya',
  'Rafael',
  'Rosa',
  'Sara',
  'Selin',
  'Tariq',
  'Tess',
  'Tomas',
  'Yara',
  'Zoe',
];
const familyNames = [
  'Abadi',
  'Almeida',
  'Andersen',
  'Bauer',
  'Bianchi',
  'Castro',
  'Chen',
  'Cohen',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
  'Hughes',
  'Ito',
  'Jansen',
  'Kaya',
  'Khan',
  'Kim',
  'Kowalski',
  'Lindqvist',
  'Lopez',
  'Mensah',
  'Moreau',
  'Murphy',
  'Nakamura',
  'Novak',
  'Okafor',
  'Oliveira',
  'Park',
  'Patel',
  'Petrov',
  'Quinn',
  'Rossi',
  'Santos',
  'Schmidt',
  'Silva',
  'Singh',
  'Tanaka',
  'Weber',
  'Yilmaz',
  'Zhang',
];

/**
 * A town of members who know each other unevenly: a few know many, most know some, and not everyone saves back.
 *
 * @param random uniform in [0, 1), seeded: the same seed makes the same town
 * @param first how many people other towns have whose ids and numbers come before
 */
export function demoPopulation(size: number, random: () => number, nowMs: number, first = 0): DemoPopulation {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const members = Array.from({ length: size }, (_, index) => demoMember(first + index, pick, random, nowMs));
  const people = members.map((member) => ({ member, book: [] as DemoPerson['book'] }));
  for (const [index, person] of people.entries()) befriend(people, person, index, random);
  return { people, signIns: people.slice(0, signInCount) };
}

function demoMember(
  index: number,
  pick: <Item>(items: readonly Item[]) => Item,
  random: () => number,
  nowMs: number,
): DemoPerson['member'] {
  const card = demoCard(index, pick);
  const draw = random();
  const discoverable: Discoverable = draw < 0.2 ? 'nobody' : draw < 0.75 ? 'mutual' : 'anyone';
  return {
    id: `demo-${String(index + 1).padStart(4, '0')}`,
    phone: demoPhone(index),
    // The first one shows the usual case, whatever the dice say.
    discoverable: index === 0 ? 'mutual' : discoverable,
    card,
    createdAt: new Date(nowMs - Math.floor((1 + random() * 900) * dayMs)).toISOString(),
  };
}

function demoPhone(index: number): string {
  const area = areaCodes[Math.floor(index / numbersPerArea) % areaCodes.length]!;
  return `+1${area}55501${String(index % numbersPerArea).padStart(2, '0')}`;
}

/** The leading digits, down to the exchange, of the numbers of so many people. */
export function demoExchanges(people: number): string[] {
  const areas = Math.ceil(people / numbersPerArea);
  return areaCodes.slice(0, areas).map((area) => `+1${area}555`);
}

function demoCard(index: number, pick: <Item>(items: readonly Item[]) => Item): Card {
  const name = `${pick(givenNames)} ${pick(familyNames)}`;
  return { name, handle: `${name.toLowerCase().replace(' ', '.')}${index + 1}` };
}

/** Contacts of one person: a log-normal number of them (median about 40), mostly neighbours, saved back by about half. */
function befriend(people: DemoPerson[], person: DemoPerson, index: number, random: () => number): void {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const count = Math.min(Math.round(Math.exp(3 + normal)), 400);
  const savesBack = 0.25 + 0.5 * random();
  for (let known = 0; known < count; known += 1) {
    const near = index + Math.round((random() - 0.5) * 120);
    const other =
      people[random() < 0.8 ? (near + people.length) % people.length : Math.floor(random() * people.length)]!;
    if (other === person) continue;
    save(person, other);
    if (random() < savesBack) save(other, person);
  }
}

function save(person: DemoPerson, other: DemoPerson): void {
  const { phone, card } = other.member;
  if (!person.book.some((contact) => contact.phone === phone)) person.book.push({ name: card.name, phone });
}
