const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
let made = 0

/** A token of the server's form; the signature is nobody's. Times in ms. */
export const accessToken = (issuedAt: number, lifeMs: number): string =>
  `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ token_type: 'access', iat: issuedAt / 1000, exp: (issuedAt + lifeMs) / 1000, jti: `${++made}`, user_id: 7, note: 'ÿ' })}.c2lnbmF0dXJl`
