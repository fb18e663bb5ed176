import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { startHub } from '../../../src/hub/hub.ts'
import { generateElection } from '../../../src/hub/rehearsal/generate.ts'
import { ADMIN, REHEARSAL_PASSWORD } from '../../../src/hub/rehearsal/people.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { startElectionServer } from '../../doubles/election-server/start.ts'
import type { Target } from './client.ts'
import type { Ability } from './rule.ts'
import { RULES, Suite } from './suite.ts'

type Running = { readonly target: Target; readonly stop: () => Promise<void> }

async function imitation(): Promise<Running> {
  const { url, stop } = await startElectionServer({ seed: 3, allowedHosts: ['127.0.0.1'] })
  return { target: { url, email: ACCOUNTS.admin, password: PASSWORD, origin: null }, stop }
}
async function hub(): Promise<Running> {
  const { seed } = generateElection(3)
  const started = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed })
  if (!started.ok) throw new Error(started.error.sentence)
  const { url, stop } = started.value
  return { target: { url, email: ADMIN, password: REHEARSAL_PASSWORD, origin: null }, stop }
}
/** What the real server has not, and so its imitation. */
const BEYOND: readonly Ability[] = [
  'seq',
  'resume',
  'authenticate',
  'ticket',
  'idempotency',
  'bulk_mark',
  'calls',
  'remarks',
  'double',
]

describe.each([
  { name: 'the imitation of the real server', start: imitation, lacks: BEYOND },
  { name: 'the hub', start: hub, lacks: [] },
])('$name', ({ start, lacks }) => {
  let running: Running
  let suite: Suite
  beforeAll(async () => {
    running = await start()
    suite = await Suite.at(running.target)
  }, 60_000)
  afterAll(() => running.stop())

  const of = (id: string) => async (context: TestContext) => {
    const rule = RULES.find((each) => each.id === id)
    if (rule === undefined) throw new Error(`no rule ${id}`)
    const verdict = await suite.run(rule)
    const expected = rule.needs.some((ability) => lacks.includes(ability))
    if (verdict.is === 'skipped' && expected) {
      console.info(`skipped: ${id} on a server without ${verdict.lack}`)
      context.skip(`the server has no ${verdict.lack}`)
    }
    expect(verdict).toEqual({ is: 'passed' })
  }

  test('[W101] Who is signed in is told with role and committees', of('W101'))
  test('[W102] A wrong password is a 400 with words, not a 401', of('W102'))
  test('[W103] A call without a token, or with a bad one, is a 401 in JSON', of('W103'))
  test('[W104] A refresh rotates both tokens and spends the old one', of('W104'))
  test('[W105] A success carries its data, a time and a request id', of('W105'))
  test('[W110] The list of elections tells the phase on every day', of('W110'))
  test('[W111] Committees, parties and candidates are read whole', of('W111'))
  test('[W112] Attendance is read committee by committee, whatever the code', of('W112'))
  test('[W113] Guarantees are listed with a count, and past the end there are none', of('W113'))
  test('[W114] Vote counts and ballot entries are read whole', of('W114'))
  test('[W115] Results are there, or a 404 says that there are none yet', of('W115'))
  test('[W116] Totals are to be had for every topic', of('W116'))
  test('[W117] Keys of answers are in camelCase at every depth', of('W117'))
  test('[W118] What is not there is a 404 in JSON, and so is a page past the end', of('W118'))
  test('[W119] A body is understood in camelCase and in snake_case, and a missing field is named', of('W119'))
  test('[W120] The progress of the count names every committee', of('W120'))
  test('[W130] A token in the header opens the socket, and the hello comes first', of('W130'))
  test('[W131] A token in the query opens it too', of('W131'))
  test('[W132] Without a good token nobody is let in: none, a wrong one, a refresh token', of('W132'))
  test('[W133] The path needs its final slash', of('W133'))
  test('[W134] A foreign Origin is kept out before the socket opens', of('W134'))
  test('[W135] A ping is answered with the number it carried', of('W135'))
  test('[W136] A subscription is answered', of('W136'))
  test('[W137] Text that is not JSON, an empty object and unknown types leave the socket open', of('W137'))
  test('[W138] A binary frame ends the socket, and not with 1000', of('W138'))
  test('[W140] A pledge is told to other sockets and stands in the list as it was told', of('W140'))
  test('[W141] A changed pledge is told, from each of the calls that change it', of('W141'))
  test('[W142] A pledge taken back is told with its id and is gone from the list', of('W142'))
  test('[W143] The same elector is pledged to one collector once', of('W143'))
  test('[W144] A mark is told, its notes without HTML, and the committee’s own list has it', of('W144'))
  test('[W145] A second mark is refused and says so', of('W145'))
  test('[W146] A mark at the wrong committee is refused', of('W146'))
  test('[W147] A corrected mark is told', of('W147'))
  test('[W148] Every socket of the account hears the same change', of('W148'))
  test('[W149] A removed mark is told', of('W149'))
  test('[W150] Pledges changed in bulk are told one by one', of('W150'))
  test('[W151] A count sheet with an unknown candidate is refused in JSON and nothing of it is told', of('W151'))
  test('[W170] The account’s groups come with the list of its guarantees, until they are dropped', of('W170'))
  test('[W171] A pledge put into a group carries its name and colour, and loses both with it', of('W171'))
  test('[W172] A note is kept with who wrote it and when, newest first', of('W172'))
  test('[W173] Notes of a pledge that is not the account’s are a 404', of('W173'))
  test('[W174] What was done to a pledge is told with who and when, newest first', of('W174'))
  test('[W168] A call is claimed by one window, refused to another with who has it, and told', of('W168'))
  test('[W169] What a call came to is kept, told and counted, and ends the claim', of('W169'))
  test('[W175] A call of an elector nobody promised here is refused by its field', of('W175'))
  test('[W176] What goes with the sheets beside their figures is read whole, page after page', of('W176'))
  test('[W177] A warning nobody said anything to cannot be dealt with, and what is missing is named', of('W177'))
  test('[W178] The first of two entries is told by who and when and by no figure', of('W178'))
  test('[W179] One’s own entry is given to who typed it, and typed again it is the first entry still', of('W179'))
  test('[W180] A sheet of which an entry waits is not entered by one alone', of('W180'))
  test('[W181] An entry that cannot be is refused by its field, and is not kept', of('W181'))
  test('[W182] An entry sent twice under one key is kept once and answered the same', of('W182'))
  test('[W160] Frames are numbered from the hello on without a gap', of('W160'))
  test('[W161] An answer tells the position its data belong to', of('W161'))
  test('[W162] A resume gives exactly what was missed, then goes on live', of('W162'))
  test('[W163] A resume from another epoch, or from the future, is answered by resync', of('W163'))
  test('[W164] A newer token shown on the socket keeps it; a bad one ends it', of('W164'))
  test('[W165] A connection ticket opens one socket once', of('W165'))
  test('[W166] An act sent twice under one key happens once and is answered the same', of('W166'))
  test('[W167] Marks sent together stand or fall one by one', of('W167'))
})
