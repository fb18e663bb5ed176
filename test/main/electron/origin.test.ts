import { describe, expect, test } from 'vitest'
import { isOwnUrl, mayLoad, mayOpenOutside } from '../../../src/main/electron/origin.ts'

describe('addresses', () => {
  test.each([
    ['app://tallydesk/index.html', true],
    ['app://tallydesk/', true],
    ['app://tallydesk', true],
    ['app://tallydesk.elsewhere/', false],
    ['app://elsewhere/', false],
    ['app://user@tallydesk/', false],
    ['app://tallydesk:80/', false],
    ['https://tallydesk/', false],
    ['file:///index.html', false],
    ['about:blank', false],
    ['javascript:1', false],
    ['', false],
  ])('[S76] %s is ours: %s', (address, ours) => {
    expect(isOwnUrl(address)).toBe(ours)
  })

  test.each([
    ['app://tallydesk/a.js', true],
    ['data:image/png;base64,AA', true],
    ['blob:app://tallydesk/1', true],
    ['blob:https://elsewhere.invalid/1', false],
    ['https://elsewhere.invalid/', false],
    ['ws://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/x.js', false],
  ])('[S74] %s may be loaded: %s', (address, may) => {
    expect(mayLoad(address, { devtools: false })).toBe(may)
  })

  test('[S74] the developer tools load their own files where they may be opened', () => {
    expect(mayLoad('devtools://devtools/bundled/x.js', { devtools: true })).toBe(true)
  })

  test.each([
    ['https://help.tallydesk.invalid/a/b', true],
    ['https://help.tallydesk.invalid/b', false],
    ['http://help.tallydesk.invalid/a/b', false],
    ['https://help.tallydesk.invalid.elsewhere/a/', false],
    ['https://user:word@help.tallydesk.invalid/a/', false],
    ['javascript:alert(1)', false],
  ])('[S77] %s may be opened outside: %s', (address, may) => {
    expect(mayOpenOutside(address, ['https://help.tallydesk.invalid/a/'])).toBe(may)
    expect(mayOpenOutside(address, [])).toBe(false)
  })
})
