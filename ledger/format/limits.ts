/** The longest record, in bytes of its line without the newline. */
export const MAX_LINE_BYTES = 256 * 1_024;

/** The largest batch file, and the most that the policy documents of one append may add up to. */
export const MAX_BATCH_BYTES = 4 * 1_024 * 1_024;

/** The most files that one append writes. */
export const MAX_BATCH_FILES = 100;

/** The most records in one batch. */
export const MAX_BATCH_RECORDS = 1_000;
