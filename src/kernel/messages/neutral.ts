/**
 * What is sent to a number several people read, in place of words that are one person's alone: that there is something, and where. It names
 * nobody and nothing. One part for a town of up to fifteen letters.
 */
export const neutralText = (town: string): string =>
  `${town}: لأحد أصحاب هذا الرقم رسالة في البوابة أو المركز.`
