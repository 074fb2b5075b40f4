/**
 * What can go wrong in the watch room, each with a stable code. The room works without the service, so these are not its
 * HTTP problems; a command prints the message as one line, a worker branches on the code.
 */
export type WatchErrorCode =
  | 'event_store_missing'
  | 'event_store_unavailable'
  | 'event_store_query_failed'
  | 'network_file_invalid'
  | 'log_unreadable'
  | 'log_columns_unknown'
  | 'log_too_broken'
  | 'option_invalid'
  | 'ring_unknown'
  | 'output_unwritable';

/** An error that callers can branch on; the message is one line, and holds no number and no secret. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
  readonly code: WatchErrorCode;

  constructor(code: WatchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
