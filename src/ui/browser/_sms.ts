const gsm = /^[A-Za-z0-9 \n\r@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~\]|€-]*$/
const twice = /[\^{}\\[~\]|€]/g

/** Letters and parts of a message as the server counts them, close enough to write by. */
export function smsLength(text: string): { units: number; parts: number } {
  const plain = gsm.test(text)
  const units = text.length + (plain ? (text.match(twice)?.length ?? 0) : 0)
  const [single, joined] = plain ? [160, 153] : [70, 67]
  return { units, parts: units <= single ? 1 : Math.ceil(units / joined) }
}
