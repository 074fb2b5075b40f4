/** A time chosen on the timeline, ISO 8601, with its words. */
export interface Span {
  from: string;
  to: string;
  words: string;
}
