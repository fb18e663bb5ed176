import { deepEqual, equal, ok as check } from 'node:assert/strict'
import { createReader } from '../../../../src/core/backend/election/reader.ts'
import type { SharedCall } from '../../../../src/shared/model/records.ts'
import { fieldsOf } from '../client.ts'
import { withPledge } from '../records.ts'
import { type Context, type Rule, rule } from '../rule.ts'

const [ONE, TWO] = ['contract-one', 'contract-two']
const PATH = '/api/calls/'

const post = ({ client }: Context, what: 'claim' | 'release' | 'outcome', body: object) =>
  client.call('POST', `${PATH}${what}/`, { body: { caller: 'Contract suite', ...body } })

/** The calls as a reading of the guarantees finds them, on a server that says it keeps them. */
async function callRead({ client }: Context, elector: string): Promise<SharedCall | undefined> {
  let found: SharedCall | undefined
  const features = () => new Set(['calls'] as const)
  const whole = await createReader(client.rest, { election: null, features }).read(
    'guarantees',
    ({ changes }) => {
      for (const change of changes)
        if (change.kind === 'call' && change.op === 'upsert' && change.key === elector) found = change.record
    },
    () => false,
  )
  check(whole.ok, JSON.stringify(whole))
  return found
}

export const callRules: readonly Rule[] = [
  rule(
    'W168',
    'A call is claimed by one window, refused to another with who has it, and told when it is taken and given back.',
    ['socket', 'calls'],
    async (context) => {
      const line = await context.line()
      await withPledge(context, async ({ elector }) => {
        const told = (what: string, window: string | null) =>
          line.change(
            what,
            (said) =>
              said.kind === 'call' &&
              said.op === 'upsert' &&
              said.key === elector &&
              (said.record.claim?.window ?? null) === window,
          )
        equal((await post(context, 'claim', { elector, window: ONE })).status, 201)
        await told('the claim', ONE)
        const refused = await post(context, 'claim', { elector, window: TWO })
        equal(refused.status, 409, refused.text.slice(0, 200))
        const current = fieldsOf(fieldsOf(fieldsOf(refused.json).errors).current)
        equal(fieldsOf(current.claim).caller, 'Contract suite')
        equal((await callRead(context, elector))?.claim?.window, ONE)
        equal((await post(context, 'release', { elector, window: ONE })).status, 200)
        await told('its end', null)
        equal((await callRead(context, elector))?.claim ?? null, null)
      })
    },
  ),
  rule(
    'W169',
    'What a call came to is kept, told and counted, and ends the claim.',
    ['socket', 'calls'],
    async (context) => {
      const line = await context.line()
      await withPledge(context, async ({ elector }) => {
        await post(context, 'claim', { elector, window: ONE })
        const done = await post(context, 'outcome', { elector, window: ONE, outcome: 'no-answer' })
        equal(done.status, 201, done.text.slice(0, 200))
        const said = await line.change(
          'the outcome',
          (change) =>
            change.kind === 'call' && change.op === 'upsert' && change.key === elector && change.record.called !== null,
        )
        check(said.kind === 'call' && said.op === 'upsert')
        equal(said.record.claim, null)
        deepEqual(await callRead(context, elector), said.record)
      })
    },
  ),
  rule(
    'W175',
    'A call of an elector nobody promised here is refused by its field, and so is what is missing.',
    ['calls'],
    async (context) => {
      const nobody = await post(context, 'claim', { elector: 'no-such-elector', window: ONE })
      equal(nobody.status, 400)
      deepEqual(Object.keys(fieldsOf(fieldsOf(nobody.json).errors)), ['elector'])
      const empty = await context.client.call('POST', `${PATH}outcome/`, { body: {} })
      equal(empty.status, 400)
      deepEqual(Object.keys(fieldsOf(fieldsOf(empty.json).errors)), ['elector', 'caller', 'window', 'outcome'])
    },
  ),
]
