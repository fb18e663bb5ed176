import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openLog } from '../../../src/main/node/log.ts'
import { redactField, redactText } from '../../../src/main/node/redact.ts'

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'log-'))
  cleanup.push(() => rmSync(dir, { recursive: true }))
  return dir
}
const clock = { now: () => Date.UTC(2026, 10, 20, 6) }
const file = (dir: string, n = 0) => join(dir, 'log', `tallydesk.ndjson${n ? `.${n}` : ''}`)
const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

describe('what is taken out of a line', () => {
  test.each([
    `Authorization: Bearer ${JWT}`,
    `GET /ws/?token=${JWT}&x=1`,
    JWT,
    `cut ${JWT.slice(0, 30)}`,
    'authorization: Token 9944b09199c62bcf9418ad846dd0e4bb',
    '{"email":"a@b","password":"hunter two, \\"quoted\\""}',
    '{\\"password\\":\\"hunter two\\"}',
    'password=hunter%20two&next=/',
    "refresh: 'hunter two'",
    'access_token=hunter two'.replace(' two', ''),
    'X-Api-Key: hunter',
    'call +965 5123 4567',
    'call 0096551234567 now',
    'mobile 51234567.',
    'هاتف ٥١٢٣٤٥٦٧',
    '"mobile":"51234567"',
  ])('[S36] %s', (text) => {
    expect(redactText(text)).not.toMatch(/eyJ|hunter|two|9944b|1234|٢٣٤/)
    expect(redactText(text)).toContain('[redacted]')
  })

  test('[S36] figures, times, ids and words stay as they are', () => {
    const texts = [
      '2026-11-20T06:00:00.000Z',
      'seq 12345678',
      '1795000000000',
      'frames=51234 bytes=1048576',
      'epoch 3f2a-51',
      'elector 276830',
      'no answer within 20000 ms',
      'ports 127.0.0.1:51234',
      'accessible',
      'tokens refused: none',
    ]
    for (const text of texts) expect(redactText(text)).toBe(text)
  })

  test('[S36] a field named after a secret is taken out whatever it holds', () => {
    for (const name of [
      'password',
      'accessToken',
      'refresh',
      'access',
      'Authorization',
      'cookie',
      'ticket',
      'mobile',
      'phoneNumber',
      'apiKey',
      'jwt',
    ]) {
      expect(redactField(name, 'x'), name).toBe('[redacted]')
    }
    expect(redactField('mobile', 51234567)).toBe('[redacted]')
    expect(redactField('tokenAgeMs', 5000)).toBe(5000)
    expect(redactField('passed', 'yes')).toBe('yes')
    expect(redactField('token', null)).toBeNull()
  })
})

describe('the log file', () => {
  test('[S37] one JSON object a line, with time, level and event; fields cannot overwrite them', () => {
    const dir = folder()
    const seen: string[] = []
    const log = openLog(dir, clock, { tee: (line) => seen.push(line) })
    log.info('link.live', { attempt: 3, level: 'x' })
    log.warn('two\nlines')
    log.error('bug', { detail: 'x'.repeat(10_000), token: JWT })
    log.close()
    const written = lines(file(dir))
    expect(written[0]).toEqual({
      at: '2026-11-20T06:00:00.000Z',
      level: 'info',
      event: 'link.live',
      attempt: 3,
      level_: 'x',
    })
    expect(written.map((line) => line['level'])).toEqual(['info', 'warn', 'error'])
    expect(String(written[2]?.['detail']).length).toBeLessThan(5_000)
    expect(seen.join('\n')).not.toContain('eyJ')
    expect(statSync(join(dir, 'log')).isDirectory()).toBe(true)
  })

  test('[S37] files are turned over and the oldest goes, across restarts too', () => {
    const dir = folder()
    for (let run = 0; run < 4; run++) {
      const log = openLog(dir, clock, { maxBytes: 1_000, maxFiles: 3 })
      for (let n = 0; n < 20; n++) log.info('line', { run, n, pad: 'x'.repeat(40) })
      log.close()
    }
    expect(readdirSync(join(dir, 'log')).sort()).toEqual([
      'tallydesk.ndjson',
      'tallydesk.ndjson.1',
      'tallydesk.ndjson.2',
    ])
    const kept = [2, 1, 0].flatMap((n) => lines(file(dir, n)))
    for (const n of [0, 1, 2]) expect(statSync(file(dir, n)).size).toBeLessThanOrEqual(1_000)
    expect(kept.at(-1)).toMatchObject({ run: 3, n: 19 })
    expect(kept.map((line) => Number(line['run']) * 20 + Number(line['n']))).toEqual(
      kept.map((_, index) => 80 - kept.length + index),
    )
  })

  test('[S37] what could not be written is no error, and is told with the next line that could', () => {
    const dir = folder()
    writeFileSync(join(dir, 'log'), 'a file where the folder belongs')
    const log = openLog(dir, clock)
    log.info('one')
    log.info('two')
    rmSync(join(dir, 'log'))
    mkdirSync(join(dir, 'log'))
    log.info('three')
    log.close()
    log.info('four')
    expect(lines(file(dir)).map((line) => [line['event'], line['lines']])).toEqual([
      ['log.lost', 2],
      ['three', undefined],
    ])
  })
})
