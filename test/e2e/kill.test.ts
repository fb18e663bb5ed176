import { expect, test } from 'vitest'
import { freshSeed } from '../doubles/seeded-random.ts'
import { resultWrongs, runResultKills } from '../kill/results.ts'
import { runKills } from '../kill/run.ts'
import { wrongsOf } from '../kill/wrongs.ts'

/** So often in each run of the tests; `npm run kill -- --times 1000` for more. */
const KILLS = 200
const RESULT_KILLS = 40
/** Ms. A quiet machine needs a fifth of it; one that does much else besides may need most. */
const PATIENCE = 1_800_000

test(
  '[E70][E126] a desk killed 200 times while marks, arrivals, corrections, guarantees and count sheets are typed loses none said to be saved, does none twice, and its journal verifies',
  async () => {
    const seed = freshSeed()
    console.info(`kill: ${KILLS} times, TEST_SEED=${seed}`)
    const report = await runKills(KILLS, seed, () => {})
    const { saved, savedOf, livesWithMarks, ms, journal } = report
    console.info(`kill: ${saved} actions saved in ${livesWithMarks} lives, ${journal.events} events, ${ms} ms`)
    console.info(`kill: ${JSON.stringify(savedOf)}`)
    expect(wrongsOf(report)).toEqual([])
    expect(saved).toBeGreaterThan(KILLS)
  },
  PATIENCE,
)

test(
  '[E129] a desk killed 40 times while results are added up, again and again, and published loses none said to be saved, and the server does each once',
  async () => {
    const seed = freshSeed()
    console.info(`kill: ${RESULT_KILLS} times, TEST_SEED=${seed}`)
    const report = await runResultKills(RESULT_KILLS, seed)
    console.info(`kill: ${JSON.stringify(report)}`)
    expect(resultWrongs(report)).toEqual([])
    expect(report.generate.saved).toBeGreaterThan(RESULT_KILLS / 2)
  },
  PATIENCE,
)
