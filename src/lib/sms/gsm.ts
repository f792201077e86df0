/** The alphabet of GSM 03.38, one septet a letter, and its second table, two septets a letter. */
const letters =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const escaped = '\f^{}\\[~]|€'

const inClass = (signs: string) => signs.replace(/[\\\]^-]/g, '\\$&')
const outside = new RegExp(`[^${inClass(letters + escaped)}]`)
const twice = new Set(escaped)

/** Whether a text travels in septets. */
export const isGsm = (text: string): boolean => !outside.test(text)

/** Septets one of its letters takes. */
export const septetsOf = (letter: string): number => (twice.has(letter) ? 2 : 1)
