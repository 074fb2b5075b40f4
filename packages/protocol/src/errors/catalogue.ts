/**
 * Every problem that Kith answers with, in one place: RFC 9457 documents carry `code`, and callers branch on it.
 * The documentation page of errors and the OpenAPI description are made from this table.
 */
export const catalogue = {
  request_invalid: { status: 400, title: 'What came is not an HTTP request' },
  body_invalid: { status: 400, title: 'The body does not have the documented shape' },
  query_invalid: { status: 400, title: 'A query or path parameter does not have the documented shape' },
  member_id_invalid: {
    status: 400,
    title: 'A member id is 1 to 200 characters, without NUL or lone surrogates',
  },
  phone_invalid: { status: 422, title: 'The phone is not a valid number in E.164 form' },
  region_invalid: { status: 400, title: 'The region is not an ISO 3166 code with a numbering plan' },
  policy_invalid: { status: 400, title: 'The policy file does not have the documented shape' },
  message_invalid: { status: 400, title: 'The binary message does not have the documented layout' },
  element_invalid: { status: 400, title: 'An element is not the canonical encoding of a group element' },
  ticket_invalid: { status: 400, title: 'A ticket is forged, or not of today' },
  epoch_invalid: { status: 400, title: 'The epoch is neither the current one nor the next' },
  token_missing: { status: 401, title: 'This call needs an Authorization: Bearer header' },
  token_invalid: { status: 401, title: 'The token is not valid here' },
  token_expired: { status: 401, title: 'The token has expired' },
  session_missing: { status: 401, title: 'This call needs somebody who has signed in, or a service key' },
  session_expired: { status: 401, title: 'The session has ended; sign in again' },
  sign_in_refused: { status: 401, title: 'The name or the password is not right' },
  service_key_invalid: { status: 401, title: 'The service key is unknown or revoked' },
  member_suspended: { status: 403, title: 'The member is suspended' },
  role_insufficient: { status: 403, title: 'This key or person may not do that' },
  csrf_invalid: { status: 403, title: 'The call did not come from a page of this service' },
  password_change_required: {
    status: 403,
    title: 'The first password has to be changed before anything else',
  },
  analyst_name_invalid: { status: 400, title: "A name is 1 to 64 letters, digits, spaces and . _ @ ' + -" },
  analyst_unknown: { status: 404, title: 'No such analyst' },
  analyst_name_taken: { status: 409, title: 'Another analyst has this name' },
  analyst_last_admin: { status: 409, title: 'Somebody has to remain who can let others in' },
  analyst_not_local: { status: 409, title: 'The analyst signs in elsewhere, and has no password here' },
  password_weak: { status: 422, title: 'The password is too easily guessed' },
  sign_in_locked: { status: 429, title: 'Too many failed sign-ins; retry later' },
  sign_in_unavailable: { status: 503, title: 'Whoever vouches for analysts cannot be reached' },
  ring_unknown: { status: 404, title: 'No such ring' },
  case_unknown: { status: 404, title: 'No such case' },
  output_unknown: { status: 404, title: 'A case has no such output' },
  action_unknown: { status: 404, title: 'No such action' },
  entry_unknown: { status: 404, title: 'No such entry of the ledger' },
  member_unknown: { status: 404, title: 'No such member' },
  bucket_unknown: { status: 404, title: 'No such bucket today' },
  route_unknown: { status: 404, title: 'No such call' },
  method_not_allowed: { status: 405, title: 'The call exists, but not with this method' },
  headers_timeout: { status: 408, title: 'The headers did not arrive in time' },
  body_timeout: { status: 408, title: 'The body did not arrive in time' },
  case_exists: { status: 409, title: 'There is a case with this id' },
  case_not_computed: {
    status: 409,
    title: 'What the case is about has not been computed yet; ask for its exposure first',
  },
  webhook_missing: { status: 409, title: 'The host has not said where to send events' },
  output_invalid: { status: 500, title: 'An output does not have the structure that its format asks for' },
  ring_state: { status: 409, title: 'The ring is not in a state that allows this' },
  action_state: { status: 409, title: 'The action is not in a state that allows this' },
  approval_missing: { status: 409, title: 'An action of this size needs a second person to approve it' },
  approver_same: { status: 409, title: 'Whoever planned an action cannot approve it' },
  approver_unknown: { status: 409, title: 'It cannot be shown that these are two people' },
  plan_stale: { status: 409, title: 'The ring has changed since it was planned for; make the plan anew' },
  phone_missing: { status: 409, title: 'The member has no verified number' },
  key_version_unknown: {
    status: 409,
    title: 'This version of the key is not in use; ask for the current one',
  },
  phone_taken: { status: 409, title: 'Another member has a newer verification of this number' },
  body_too_large: { status: 413, title: 'The body is larger than the limit' },
  numbers_too_many: { status: 413, title: 'More numbers than one call may carry' },
  media_type_unsupported: { status: 415, title: 'The content type is not understood by this call' },
  headers_too_large: { status: 431, title: 'The headers are larger than the limit' },
  too_many_requests: { status: 429, title: 'Too many requests at once; retry later' },
  key_invalid: { status: 500, title: 'A key given to the service is not usable' },
  ceremony_invalid: { status: 400, title: 'The ceremony cannot go on like this' },
  config_invalid: { status: 500, title: 'The configuration is not usable' },
  book_too_large: {
    status: 413,
    title: 'The address book would hold more contacts than one member may keep',
  },
  ledger_unsealed: { status: 409, title: 'This is not sealed yet; it will be within seconds' },
  ledger_broken: {
    status: 500,
    title: 'The ledger is not what its newest checkpoint says; nothing more is sealed',
  },
  checkpoint_invalid: { status: 400, title: 'This is not a checkpoint that the ledger has signed' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  host_keys_unavailable: { status: 503, title: "The host's token keys cannot be fetched" },
  watch_unavailable: {
    status: 503,
    title: 'There is no event store, so nothing is watched and nothing can be searched',
  },
  database_unavailable: { status: 503, title: 'The database cannot be reached; nothing was accepted' },
  shutting_down: { status: 503, title: 'The service is stopping; retry elsewhere or later' },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable code of the catalogue. */
export type ProblemCode = keyof typeof catalogue;

/** Extras that a problem may carry for its caller; never secrets, never numbers. */
export interface ProblemExtras {
  /** Seconds after which the same call is worth repeating; also sent as `Retry-After`. */
  retryAfterSecs?: number;
  /** Where the input is wrong, as a JSON pointer or `file:line:column`. */
  at?: string;
}

/** An error that becomes an RFC 9457 problem document, or one clear line on a terminal. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail?: string, extras: ProblemExtras = {}) {
    super(detail ?? catalogue[code].title);
    this.code = code;
    this.extras = extras;
  }

  get status(): number {
    return catalogue[this.code].status;
  }

  /** The RFC 9457 document. */
  toDocument(): ProblemDocument {
    return {
      type: `/problems#${this.code}`,
      title: catalogue[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...this.extras,
    };
  }
}

/** The wire form of a problem, RFC 9457. */
export interface ProblemDocument extends ProblemExtras {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
}
