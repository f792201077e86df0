/** The format of definitions this version writes, and the newest it reads. */
export const DEFINITION_FORMAT = 1
