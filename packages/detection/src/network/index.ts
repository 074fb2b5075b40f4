export { type Address, addressPrefix, isPublic, parseAddress } from './address.ts';
export { type NetworkFiles, type NetworkInfo, type Networks, openNetworks } from './networks.ts';
export { kindOfOperator, type NetworkKind } from './operators.ts';
