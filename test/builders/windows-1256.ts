const decoder = new TextDecoder('windows-1256')
const bytes = new Map(
  Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
)

/** A text as the programs of Windows in Arabic write it; what that cannot write becomes a question mark, as there. */
export function encodeArabic(text: string): Buffer {
  return Buffer.from(Array.from(text, letter => bytes.get(letter) ?? 0x3f))
}
