import { type Attack, type AttackReport, check } from './attack.ts';
import { type AttackWorld, createWorld, unownedNumbers } from './world.ts';

/** A number changes hands: the new owner must not inherit the old owner's people, nor they the new owner. */
export const recycledNumber: Attack = {
  name: 'recycled-number',
  summary: 'a number is handed to a new owner, who looks for what the old one left behind',
  run: async ({ seed }) => {
    const world = await createWorld(seed, { members: 100 });
    try {
      return await attackWith(world, seed);
    } finally {
      await world.stop();
    }
  },
};

async function attackWith(world: AttackWorld, seed: number): Promise<AttackReport> {
  const [recycled, friendNumber, strangerNumber] = unownedNumbers(world.population, 3) as [
    string,
    string,
    string,
  ];
  const old = await world.recruit('old', { number: recycled, discoverable: 'mutual' });
  const friend = await world.recruit('friend', { number: friendNumber, discoverable: 'mutual' });
  await old.add([friendNumber]);
  await friend.add([recycled]);
  const metBefore = (await friend.seen()).has('old') && (await old.seen()).has('friend');

  await world.passDays(1);
  const heir = await world.recruit('heir', { number: recycled, discoverable: 'mutual' });
  await heir.add([strangerNumber]);
  await world.passBatch();
  const heirSees = await heir.seen();
  const friendSees = await friend.seen();
  const oldSees = await old.seen();
  const oldMember = await world.kith.host.getMember('old');

  await friend.me.putContacts({ numbers: [recycled] });
  await world.passBatch();
  const friendSeesLater = await friend.seen();
  return {
    attack: 'recycled-number',
    seed,
    accounts: 1,
    days: 1,
    numbersTried: 1,
    namesLearnt: heirSees.size,
    namesBound: 0,
    pairsLearnt: 0,
    checks: [
      check('before the number changed hands, its owner and the friend had met', metBefore),
      check('the newer verification takes the number from the old owner', oldMember.phone === null),
      check('the new owner sees none of the old owner’s people', heirSees.size === 0),
      check(
        'the old owner’s meetings through that number are over',
        !friendSees.has('old') && !oldSees.has('friend'),
      ),
      check(
        'the friend, who still holds the number, is not shown the new owner',
        !friendSeesLater.has('heir'),
      ),
    ],
  };
}
