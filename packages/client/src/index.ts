export { newDeviceId } from './http/device-id.ts';
export { KithError, type KithErrorCode } from './http/kith-error.ts';
export { type CallOptions, KithHttp, type KithHttpOptions } from './http/kith-http.ts';
