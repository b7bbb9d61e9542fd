/** `vm.dirty_expire_centisecs`: dirty pages older than that are written. Linux default. */
export const DIRTY_EXPIRE_US = 30_000_000;
/** `vm.dirty_writeback_centisecs`: how often the kernel's flusher thread looks. Linux default. */
export const WRITE_BACK_INTERVAL_US = 5_000_000;

/**
 * When the operating system has a file on disk that is dirtied at `dirtiedUs`: the first round of the flusher at or after
 * the pages expire. It writes the whole file as it is then; what comes later makes the file dirty anew. So between 0 and
 * 35 s of a file that grows steadily are in the page cache only.
 *
 * Source: Linux `fs/fs-writeback.c` (an inode expires by the time when it was first dirtied), `vm.dirty_*` defaults.
 * Calibrated, not given by Kafka. Not modelled: write-back before that under memory pressure (`vm.dirty_background_ratio`),
 * the time that the disk needs for it, file systems that lose the length of a file that was written.
 *
 * @param phaseUs an instant of a round
 */
export function writtenBackUs(dirtiedUs: number, phaseUs: number): number {
  const rounds = Math.ceil((dirtiedUs + DIRTY_EXPIRE_US - phaseUs) / WRITE_BACK_INTERVAL_US);
  return phaseUs + rounds * WRITE_BACK_INTERVAL_US;
}

/** The first instant of a fixed rhythm after `nowUs`. */
export function nextBeatUs(nowUs: number, phaseUs: number, periodUs: number): number {
  return phaseUs + (Math.floor((nowUs - phaseUs) / periodUs) + 1) * periodUs;
}

/** The last instant of a fixed rhythm at or before `nowUs`. */
export function lastBeatUs(nowUs: number, phaseUs: number, periodUs: number): number {
  return phaseUs + Math.floor((nowUs - phaseUs) / periodUs) * periodUs;
}
