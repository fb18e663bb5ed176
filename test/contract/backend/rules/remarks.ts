import { deepEqual, equal, ok as check } from 'node:assert/strict'
import { readSheets } from '../../../../src/core/backend/election/read-voting.ts'
import { dataOf, fieldsOf, listOf } from '../client.ts'
import { type Rule, rule } from '../rule.ts'

const PATH = '/api/voting/sheets/'

/** Nothing is entered here: figures of a count are not a contract suite's to write. */
export const remarkRules: readonly Rule[] = [
  rule(
    'W176',
    'What goes with the sheets beside their figures is read whole, page after page.',
    ['remarks'],
    async ({ client }) => {
      let keys: readonly unknown[] = []
      const whole = await readSheets({
        ...{ rest: client.rest, stopped: () => false, features: () => new Set(['remarks'] as const) },
        onPart: (part) => {
          keys = part.changes.map(({ key }) => key)
        },
      })
      check(whole.ok, JSON.stringify(whole))
      const list = fieldsOf((await client.call('GET', `${PATH}?page_size=500`)).json)
      deepEqual(
        keys,
        listOf(list.data).map((row) => fieldsOf(row).committee),
      )
    },
  ),
  rule(
    'W177',
    'A warning nobody said anything to cannot be dealt with, and what is missing is named.',
    ['remarks'],
    async ({ client }) => {
      const [first] = listOf(fieldsOf((await client.call('GET', '/api/elections/committees/')).json).data).map(fieldsOf)
      const path = `${PATH}${Number(first?.id)}/`
      const said = listOf(dataOf(await client.call('GET', path)).remarks).map((one) => fieldsOf(one).code)
      const code = ['W201', 'W202', 'W203', 'W204', 'W301'].find((one) => !said.includes(one))
      const body = { code, field: 'cast', content: 'contract suite' }
      equal((await client.call('POST', `${path}handle/`, { body })).status, 404)
      const empty = await client.call('POST', `${path}handle/`, { body: {} })
      deepEqual(Object.keys(fieldsOf(fieldsOf(empty.json).errors)), ['code', 'field', 'content'])
    },
  ),
]
