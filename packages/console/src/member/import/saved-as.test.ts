import { describe, expect, it } from 'vitest';
import { savedAs } from './saved-as.ts';

const book = ['Mum', 'Lovelace, Ada', 'Émilie du Châtelet (physics)', 'Ann Other', '📞', ''];

describe('savedAs', () => {
  it.each([
    ['Ada Lovelace', 'Lovelace, Ada'],
    ['emilie du chatelet', 'Émilie du Châtelet (physics)'],
    ['mum', 'Mum'],
  ])('finds %s as "%s"', (name, contact) => expect(savedAs(name, book)).toBe(contact));

  it('does not take a first name for a person', () => expect(savedAs('Ann', book)).toBeUndefined());
  it('does not take a part of a word for a word', () => expect(savedAs('Ad Love', book)).toBeUndefined());
  it('finds nobody for a name without letters', () => expect(savedAs('📞', book)).toBeUndefined());
});
