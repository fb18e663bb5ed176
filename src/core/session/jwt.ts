/** What a token says of its own life. Times in ms since 1970 by the server's clock. The signature is not ours to check. */
export type TokenLife = { readonly issuedAt: number | null; readonly expiresAt: number | null }

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const UNKNOWN: TokenLife = { issuedAt: null, expiresAt: null }

/** Reads `iat` and `exp`; both null when the token is not a JWT. Never throws. */
export function tokenLife(token: string): TokenLife {
  const payload = token.split('.')[1]
  if (payload === undefined) return UNKNOWN
  const text = fromBase64Url(payload)
  if (text === null) return UNKNOWN
  let claims: unknown
  try {
    claims = JSON.parse(text)
  } catch {
    return UNKNOWN
  }
  return { issuedAt: seconds(claims, 'iat'), expiresAt: seconds(claims, 'exp') }
}

function seconds(claims: unknown, name: string): number | null {
  if (typeof claims !== 'object' || claims === null || !Object.hasOwn(claims, name)) return null
  const value = (claims as Record<string, unknown>)[name] // own property, checked above
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null
}

/** One character a byte: enough for numbers, and other claims are not read. Null when it is not base64url. */
export function fromBase64Url(text: string): string | null {
  let bits = 0
  let held = 0
  let out = ''
  for (const character of text.replace(/=+$/, '')) {
    const value = ALPHABET.indexOf(character === '+' ? '-' : character === '/' ? '_' : character)
    if (value < 0) return null
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      out += String.fromCharCode((bits >> held) & 0xff)
    }
  }
  return out
}
