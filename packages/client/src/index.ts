export * from './address-book/index.ts';
export { newDeviceId } from './http/device-id.ts';
export { errorOf, KithError, type KithErrorCode } from './http/kith-error.ts';
export { type CallOptions, KithHttp, type KithHttpOptions } from './http/kith-http.ts';
