import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { isBuilt, NOT_BUILT, ROOT, run } from './program.ts'

/** A whole county's day, as its officials published it, through hub and console. */

const FILE = join(ROOT, '../shared/data/20241105__pa__general__berks__precinct.csv')
const missing = isBuilt ? (existsSync(FILE) ? null : `${FILE} is not there`) : NOT_BUILT
/** On two cores, with every event on the disk. */
const LIMIT_MS = 180_000
const LIMIT_MB = 400

describe('a county’s day', () => {
  beforeEach((context) => {
    if (missing) context.skip(`skipped: a county's day, because ${missing}`)
  })

  test('[E40] 211483 ballots of 276830 electors in 202 precincts arrive exactly, in three minutes and 400 MB', {
    timeout: LIMIT_MS + 10_000,
  }, async () => {
    const begun = performance.now()
    const { code, out, err } = await run(['rehearse', '--csv', FILE, '--contest', 'President', '--speed', 'max'])
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      committees: 202,
      electors: 276_830,
      attendance: 211_483,
      counts: {
        'Kamala D. Harris': 91_125,
        'Donald J. Trump': 116_677,
        'Chase Oliver': 1_094,
        'Jill Stein': 942,
        'Write-ins': 588,
      },
      consoleEqualsHub: true,
    })
    expect(performance.now() - begun).toBeLessThan(LIMIT_MS)
    const [, peak] = /Console memory at its peak: (\d+) MB/.exec(err) ?? []
    if (process.platform === 'linux') expect(Number(peak)).toBeLessThan(LIMIT_MB)
    console.info(`a county's day: ${Math.round((performance.now() - begun) / 1000)} s, console at most ${peak} MB`)
  })
})
