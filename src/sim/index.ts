export { AliasTable } from './aliasTable.ts';
export { assert, ProgrammerError } from './assert.ts';
export { EmpiricalTable, MAX_ZIPF_COUNT, ZipfTable } from './distributions.ts';
export * from './kernel.ts';
export { MAX_DRAW, RandomStream } from './randomStream.ts';
export { RandomStreams } from './randomStreams.ts';
export { BandwidthLink } from './resources/bandwidthLink.ts';
export { MultiServer } from './resources/multiServer.ts';
export { SingleServer } from './resources/singleServer.ts';
