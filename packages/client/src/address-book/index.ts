export {
  type AddressBook,
  type AddressBookContact,
  type AddressBookEntry,
  type AddressBookFormat,
  type AddressBookProblem,
  type AddressBookProblemCode,
  toNumbers,
} from './address-book.ts';
export { guessRegion } from './guess-region.ts';
export { type ReadOptions, readAddressBook } from './read-address-book.ts';
