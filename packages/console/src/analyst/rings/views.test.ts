import { describe, expect, it } from 'vitest';
import { ringsSearch } from './rings-search.ts';
import { commonViews, parseViews, sameView } from './views.ts';

describe('the address of the queue', () => {
  it('says the whole view', () => {
    const view = { state: ['open', 'throttled'], country: 'IR', q: 'batch', sort: 'tried', order: 'asc' };
    expect(ringsSearch(view)).toEqual(view);
  });

  it('passes over what it does not understand', () => {
    expect(
      ringsSearch({ state: ['open', 'gone'], country: 'Iran', q: '', sort: 'name', order: 1, more: true }),
    ).toEqual({ state: ['open'] });
    expect(ringsSearch({ state: 'open' })).toEqual({});
  });
});

describe('saved views', () => {
  it('come back as they were kept', () => {
    const views = [{ name: 'Tehran', search: { country: 'IR', sort: 'tried' as const } }];
    expect(parseViews(JSON.stringify(views))).toEqual(views);
  });

  it('are none where something else was kept', () => {
    for (const text of [null, 'x', '{}', '[1, {"name": 2}]']) expect(parseViews(text)).toEqual([]);
  });

  it('are the same whatever order their parts were chosen in', () => {
    expect(sameView({ country: 'IR', sort: 'tried' }, { sort: 'tried', country: 'IR' })).toBe(true);
    expect(sameView({ state: ['open', 'throttled'] }, { state: ['throttled', 'open'] })).toBe(true);
    expect(sameView({}, commonViews[1]!.search)).toBe(false);
  });
});
