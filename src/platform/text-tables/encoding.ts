export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256'] as const
export type Encoding = (typeof encodings)[number]

/** Enough of a file to know how it is written. */
export const sampleBytes = 64 * 1024

/** How many bytes at the start say the encoding and are no text. */
function markOf(bytes: Uint8Array): { encoding: Encoding; length: number } | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', length: 2 }
  return undefined
}

/**
 * How a file is written, from its beginning: by its mark; by the zero bytes or the Arabic page numbers of UTF-16; else UTF-8 when it is
 * that throughout, and Windows-1256 when it is not, which is what the programs of our towns write.
 */
export function detectEncoding(sample: Uint8Array): Encoding {
  const mark = markOf(sample)
  if (mark) return mark.encoding
  const wide = wideEncoding(sample)
  if (wide) return wide
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1256'
  }
}

/** In UTF-16 every second byte of Latin text is 00 and of Arabic text 06. */
function wideEncoding(sample: Uint8Array): Encoding | undefined {
  const pairs = Math.floor(Math.min(sample.length, 4096) / 2)
  if (pairs < 2) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (sample[at] === 0 || sample[at] === 6) even += 1
    if (sample[at + 1] === 0 || sample[at + 1] === 6) odd += 1
  }
  if (odd > pairs * 0.7) return 'utf-16le'
  if (even > pairs * 0.7) return 'utf-16be'
  return undefined
}

/** The text of a file in pieces, without its mark. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncIterable<string> {
  // The decoder drops the mark of its own encoding by itself.
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
