import { accountAge } from './account-age.ts';
import { activity } from './activity.ts';
import { batchRegularity } from './batch-regularity.ts';
import { canaries } from './canaries.ts';
import { followThrough } from './follow-through.ts';
import { hiding } from './hiding.ts';
import { hitRate, hitRateAtHome } from './hit-rate.ts';
import { invalid } from './invalid.ts';
import { lateMeetings } from './late-meetings.ts';
import { lateVolume } from './late-volume.ts';
import { manyNetworks } from './many-networks.ts';
import { meetingRate } from './meeting-rate.ts';
import { networkKind } from './network-kind.ts';
import { novelty } from './novelty.ts';
import { numberCountry } from './number-country.ts';
import { prefixSpread } from './prefix-spread.ts';
import { reciprocity } from './reciprocity.ts';
import { rhythm } from './rhythm.ts';
import { runs } from './runs.ts';
import { saturation } from './saturation.ts';
import { sharedAddress } from './shared-address.ts';
import { sharedClient } from './shared-client.ts';
import { sharedDevice } from './shared-device.ts';
import { sharedHabit } from './shared-habit.ts';
import { sharedNetwork } from './shared-network.ts';
import { sharedRhythm } from './shared-rhythm.ts';
import { sharedTarget } from './shared-target.ts';
import type { LinkSignal, MemberSignal, Signal } from './signal.ts';
import { signupBurst } from './signup-burst.ts';
import { volume } from './volume.ts';

export type { FeatureRow, LinkSignal, MemberSignal, Signal } from './signal.ts';

/** Every signal of one account, in the order in which reports list them. */
export const memberSignals: readonly MemberSignal[] = [
  canaries,
  volume,
  lateVolume,
  saturation,
  activity,
  novelty,
  runs,
  prefixSpread,
  invalid,
  reciprocity,
  meetingRate,
  lateMeetings,
  hitRate,
  hitRateAtHome,
  followThrough,
  hiding,
  numberCountry,
  networkKind,
  manyNetworks,
  batchRegularity,
  rhythm,
  accountAge,
];

/** Every signal of a link between accounts; their place in this list is part of their blocks' hashes. */
export const linkSignals: readonly LinkSignal[] = [
  sharedAddress,
  sharedNetwork,
  sharedDevice,
  sharedClient,
  signupBurst,
  sharedRhythm,
  sharedTarget,
  sharedHabit,
];

export const signals: readonly Signal[] = [...memberSignals, ...linkSignals];
