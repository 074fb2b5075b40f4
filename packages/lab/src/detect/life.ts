export const dayMs = 86_400_000;
/** The window in which attackers act; members have joined over the two years before, and go on joining. */
export const startMs = Date.UTC(2026, 8, 1);
export const daysSimulated = 30;

/** How one member lives with the app. */
export interface Life {
  member: number;
  createdAt: number;
  firstSyncAt: number;
  /** Typical pause between syncs, milliseconds; regular where a timer in the app does it. */
  pauseMs: number;
  timer: boolean;
  device: string;
  /** Which of the app's versions, at the start of the window. */
  version: number;
  platform: 'android' | 'ios';
  awayShare: number;
  vpn: boolean;
  /** Share of syncs from somebody else's Wi-Fi: friends, cafés, work. */
  guestShare: number;
  /** Share of syncs from telephone networks of other countries. */
  travelShare: number;
  abroad: number;
}
