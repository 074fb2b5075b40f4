/** What a budget counts. */
export type Unit = 'slots' | 'lookups' | 'reveals';
export const units: readonly Unit[] = ['slots', 'lookups', 'reveals'];

/** Who or what a budget belongs to. */
export type ScopeKind = 'member' | 'device' | 'prefix' | 'network' | 'ring' | 'service';

/** A leaky bucket: what may be spent at once, and what flows back in a day. */
export interface Limit {
  capacity: number;
  perDay: number;
}

export interface Policy {
  budgets: Record<Unit, Record<ScopeKind, Limit>>;
  /** Accounts younger than this share the budgets of their address prefix and network, days. */
  youngDays: number;
  /** A meeting pays only when the other is at least this old, days: new accounts cannot feed each other. */
  establishedDays: number;
  /** What each meeting with an established member adds to what may be spent, and the most that all of them add. */
  reciprocity: Record<'lookups' | 'reveals', { perAlly: number; max: number }>;
  reveals: {
    /** Reveals appear together at multiples of this, seconds. */
    batchSecs: number;
    /** Lookups that a member may have borrowed from days to come without waiting longer than for the next batch. */
    promptLookups: number;
    /** What a whole burst of lookups finds ripens for this long before it joins a batch, seconds; a smaller one in quarters of it. */
    burstWaitSecs: number;
  };
  slots: {
    /** Life of a slot, days: a number that changes hands loses the old owner's meetings by then. */
    epochDays: number;
    /** So long before an epoch ends, syncs also write the next one, days: discovery has no gap. */
    refreshAheadDays: number;
  };
  /** Numbers that one member's book may hold. */
  contactsMax: number;
  enforcement: {
    /** Findings are shown, and nothing acts on them by itself. */
    shadow: boolean;
    /** Hold the accounts of an actionable ring to one member's budgets, by itself. */
    throttle: boolean;
    /** Suspend an actionable ring that needs no second person, by itself. */
    suspend: boolean;
    /** Actions on more accounts than this need a second person. */
    approvalAbove: number;
    /** Largest share of members that one run may flag. */
    flaggedShareMax: number;
    /** Rest between two looks for rings, seconds; where a look takes longer, the rest does too. */
    everySecs: number;
  };
}

/**
 * The defaults, each with its reason. The lab replays the attacks against them (`kith lab run`), and a policy file
 * overrides any of them.
 */
export const defaultPolicy: Policy = {
  budgets: {
    // A slot that nobody answers tells nothing, so this bounds storage, not knowledge: even a large book goes in whole.
    slots: {
      member: { capacity: 20_000, perDay: 1_000 },
      // A family tablet holds a few accounts; a phone farm's tablet holds hundreds.
      device: { capacity: 40_000, perDay: 2_000 },
      // A campus on its first day: a few hundred new members behind one address.
      prefix: { capacity: 400_000, perDay: 40_000 },
      network: { capacity: 20_000_000, perDay: 4_000_000 },
      // A ring is held to what one member may do.
      ring: { capacity: 20_000, perDay: 1_000 },
      service: { capacity: 500_000_000, perDay: 100_000_000 },
    },
    // An open lookup asks whether a number exists: tight. 1,000 covers the mean book twenty times over.
    lookups: {
      member: { capacity: 1_000, perDay: 50 },
      device: { capacity: 2_000, perDay: 100 },
      prefix: { capacity: 10_000, perDay: 1_000 },
      network: { capacity: 200_000, perDay: 20_000 },
      ring: { capacity: 1_000, perDay: 50 },
      // The last dam: at this rate a country of 10^9 numbers takes decades, whoever asks and however many they are.
      service: { capacity: 20_000_000, perDay: 5_000_000 },
    },
    // A reveal hands out a name: tighter. Honest books hold few people who chose `anyone` and did not save them back.
    reveals: {
      member: { capacity: 50, perDay: 20 },
      device: { capacity: 100, perDay: 40 },
      prefix: { capacity: 500, perDay: 100 },
      network: { capacity: 10_000, perDay: 2_000 },
      ring: { capacity: 50, perDay: 20 },
      service: { capacity: 1_000_000, perDay: 250_000 },
    },
  },
  // Bought accounts are cheap while young; waiting a month for each is not.
  youngDays: 30,
  establishedDays: 30,
  // The median real book meets dozens of established members, a generated one none. The cap keeps a ring that saved
  // itself from living on its own meetings.
  reciprocity: {
    lookups: { perAlly: 10, max: 1_000 },
    reveals: { perAlly: 1, max: 100 },
  },
  // Long enough that a card cannot be matched to the moment a number was sent, short enough for a first evening.
  // A burst is an advance on days to come, and its names come when somebody has had time to look: two days, in which most
  // fleets are found. Two days' worth is prompt, which is one in 10,000 of what an account of 2019 could ask in a month.
  reveals: { batchSecs: 600, promptLookups: 100, burstWaitSecs: 172_800 },
  slots: { epochDays: 90, refreshAheadDays: 30 },
  // Five times the largest body: storage, and the work of comparing a book, stay bounded.
  contactsMax: 250_000,
  // Watch first: a host sees what would have been done before anything is. Ten accounts one person can look through. What
  // a fleet learns between two looks is lost, so they are as close as the machine bears.
  enforcement: {
    shadow: true,
    throttle: false,
    suspend: false,
    approvalAbove: 10,
    flaggedShareMax: 0.05,
    everySecs: 10,
  },
};
