/** Of the masking and hashing: another version may give other ids for the same text, so it is kept with each pattern. */
export const GROUPING_VERSION = 1;
