import { bounded } from './likelihood.ts';
import { counted, type MemberSignal, number, percent } from './signal.ts';

/** What enumerators are taken to do, without having seen them: half come from rented servers, a fifth by Tor or proxies. */
const rented = 0.5;
const relayed = 0.2;

export const networkKind: MemberSignal = {
  kind: 'member',
  id: 'network-kind',
  family: 'network',
  title: 'Kind of network',
  means: 'Whether the account comes from rented servers, Tor or proxies, against how many accounts here do.',
  blindSpots:
    'Residential proxies look like homes. Honest people use VPNs and relays, some because they must; so it weighs little.',
  hardToEvade: false,
  needs: ['network'],
  aggregates: {
    network_known: "countIf(network != 'unknown')",
    from_rented: "countIf(network = 'hosting' OR network = 'tor')",
    from_relay: "countIf(network = 'proxy')",
  },
  features: {
    rented_mostly: 'toUInt8(network_known > 0 AND from_rented * 2 > network_known)',
    relayed_mostly: 'toUInt8(network_known > 0 AND from_relay * 2 > network_known AND rented_mostly = 0)',
    known_network: 'toUInt8(network_known > 0)',
  },
  references: {
    rented: {
      kind: 'share',
      among: 'everyone',
      part: 'rented_mostly',
      whole: 'known_network',
      alike: '0',
      where: 'known_network > 0',
    },
    relayed: {
      kind: 'share',
      among: 'everyone',
      part: 'relayed_mostly',
      whole: 'known_network',
      alike: '0',
      where: 'known_network > 0',
    },
  },
  weight: (reference) => {
    const isRented = `log(${rented} / greatest(${reference.share('rented').mean}, 0.01))`;
    const isRelayed = `log(${relayed} / greatest(${reference.share('relayed').mean}, 0.02))`;
    const neither = `log(${1 - rented - relayed} / (1 - least(${reference.share('rented').mean} + ${reference.share('relayed').mean}, 0.9)))`;
    return `multiIf(known_network = 0, 0, ${bounded(`multiIf(rented_mostly = 1, ${isRented}, relayed_mostly = 1, ${isRelayed}, ${neither})`, 0.05, 0.5)})`;
  },
  words: (row) =>
    number(row, 'rented_mostly') > 0
      ? `came from rented servers or Tor in ${percent(number(row, 'from_rented') / number(row, 'network_known'))} of its syncs`
      : `came by proxies or relays in ${counted(number(row, 'from_relay'))} of ${counted(number(row, 'network_known'))} syncs`,
};
