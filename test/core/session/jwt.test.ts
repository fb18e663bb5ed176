import { expect, test } from 'vitest'
import { fromBase64Url, tokenLife } from '../../../src/core/session/jwt.ts'
import { accessToken } from '../../doubles/tokens.ts'

test('[S7] a token says when it was issued and when it ends', () => {
  const at = Date.UTC(2026, 10, 21)
  expect(tokenLife(accessToken(at, 3_600_000))).toEqual({ issuedAt: at, expiresAt: at + 3_600_000 })
})

test.each([
  '',
  'a',
  'a.b',
  'a.!.c',
  '..',
  'a.e30.c',
  `a.${Buffer.from('[1').toString('base64url')}.c`,
  `a.${Buffer.from('{"exp":"x","iat":null}').toString('base64url')}.c`,
])('[S7] %j says nothing of its life, and nothing breaks', (token) =>
  expect(tokenLife(token)).toEqual({ issuedAt: null, expiresAt: null }),
)

test('[S7] base64url is read to the byte, padded or not', () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 37 + length) & 0xff))
    expect(fromBase64Url(bytes.toString('base64url'))).toBe(bytes.toString('latin1'))
    expect(fromBase64Url(bytes.toString('base64'))).toBe(bytes.toString('latin1'))
  }
})
