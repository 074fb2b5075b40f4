/** Bytes of one meeting as the task `meet` gives it: slot, side tag, seal key, open key. */
export const MEETING_BYTES = 16 + 16 + 32 + 32;
/** Bytes of one number's tag and secret as the task `finalize` gives them. */
export const OUTPUT_KEYS_BYTES = 16 + 32;
