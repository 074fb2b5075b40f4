import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCase, createCase } from '../cases/cases.ts';
import { startTestHall, type TestHall } from '../testing.ts';
import { computeExposure, exposureState, startExposure, stepExposure } from './exposure.ts';
import { putRing, ringOf, startIncident } from './testing.ts';

let hall: TestHall;
const by = 'Ada (key)';

beforeAll(async () => {
  hall = await startTestHall({ trustedProxies: ['127.0.0.1'] });
  await startIncident(hall);
  await createCase(hall.context, { id: 'one', name: 'December', rings: ['ring-1'] }, by);
});
afterAll(() => hall.stop());

describe('exposure', () => {
  it('says exactly whose card was shown, and how often', async () => {
    const figures = await computeExposure(hall.context, 'one', by);
    expect(figures).toMatchObject({
      accounts: 2,
      numbersTried: 11,
      membersExposed: 3,
      membersExposedByNumber: 3,
      membersErased: 1,
      cardsRevealed: 4,
      cardsOfCanaries: 1,
      cardsAmongThemselves: 1,
      notices: { total: 2, languages: [{ language: 'en', notices: 2 }] },
    });
  });

  it('says who was tried and protected, by the setting when the number came', async () => {
    const { figures } = await exposureState(hall.context, 'one');
    expect(figures?.membersProtected).toEqual({ total: 3, nobody: 1, mutual: 1, noNumber: 1, waiting: 0 });
  });
});
