const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 base32 in lower case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let value = 0
  let bits = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 31]
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

/** The bytes of a base32 text in any case; null if it is not one that `encodeBase32` writes. */
export function decodeBase32(text: string): Buffer | null {
  const lower = text.toLowerCase()
  const bytes: number[] = []
  let value = 0
  let bits = 0
  for (const symbol of lower) {
    const five = ALPHABET.indexOf(symbol)
    if (five < 0) return null
    value = ((value << 5) | five) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 255)
    }
  }
  const decoded = Buffer.from(bytes)
  return encodeBase32(decoded) === lower ? decoded : null
}
