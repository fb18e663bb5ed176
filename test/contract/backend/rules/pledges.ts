import { deepEqual, equal, ok as check } from 'node:assert/strict'
import { understood } from '../../../../src/core/backend/election/fields.ts'
import { readNotes } from '../../../../src/core/backend/election/read-notes.ts'
import { createReader } from '../../../../src/core/backend/election/reader.ts'
import * as records from '../../../../src/core/backend/election/records.ts'
import { GuaranteeId } from '../../../../src/shared/model/ids.ts'
import type { Group } from '../../../../src/shared/model/records.ts'
import { dataOf, fieldsOf } from '../client.ts'
import { withPledge } from '../records.ts'
import { type Context, Lack, type Rule, rule } from '../rule.ts'

/** The account's groups as a reading of its guarantees finds them. */
async function groupsRead({ client }: Context): Promise<ReadonlyMap<number, Group>> {
  const groups = new Map<number, Group>()
  const whole = await createReader(client.rest, { election: null }).read(
    'guarantees',
    ({ changes }) => {
      for (const change of changes)
        if (change.kind === 'group' && change.op === 'upsert') groups.set(change.key, change.record)
    },
    () => false,
  )
  check(whole.ok, JSON.stringify(whole))
  return groups
}

/** Makes a group nobody has yet, hands over its id and drops it. */
async function withGroup(context: Context, use: (id: number, name: string) => Promise<void>): Promise<void> {
  const { client } = context
  const taken = new Set([...(await groupsRead(context)).values()].map(({ name }) => name))
  let name = 'Contract suite مجموعة'
  while (taken.has(name)) name += '.'
  const answer = await client.call('POST', '/api/guarantees/groups/', { body: { name, color: '#ff5722' } })
  if (answer.status === 404 || answer.status === 405) throw new Lack('groups')
  equal(answer.status, 201, answer.text.slice(0, 200))
  const id = [...(await groupsRead(context)).values()].find((group) => group.name === name)?.id
  check(id !== undefined, 'the new group does not stand in the list of guarantees')
  try {
    await use(id, name)
  } finally {
    await client.call('DELETE', `/api/guarantees/groups/${id}/`)
  }
}

export const pledgeRules: readonly Rule[] = [
  rule(
    'W170',
    'The account’s groups come with the list of its guarantees, until they are dropped.',
    [],
    async (context) => {
      let made = 0
      await withGroup(context, async (id, name) => {
        made = id
        const { color } = (await groupsRead(context)).get(id) ?? {}
        equal(color, '#ff5722')
        const path = `/api/guarantees/groups/${id}/`
        equal((await context.client.call('PATCH', path, { body: { name: `${name}!` } })).status, 200)
        equal((await groupsRead(context)).get(id)?.name, `${name}!`)
      })
      check(!(await groupsRead(context)).has(made), 'the dropped group is still there')
    },
  ),
  rule(
    'W171',
    'A pledge put into a group carries its name and colour, and loses both with it.',
    [],
    async (context) => {
      const pledgeNow = async (id: number) => {
        const read = understood(
          dataOf(await context.client.call('GET', `/api/guarantees/${id}/`)),
          'pledge',
          'rest',
          records.guarantee,
        )
        check(read.ok, JSON.stringify(read))
        const { group, groupName, groupColor } = read.value
        return [group, groupName, groupColor]
      }
      await withPledge(context, async ({ id }) => {
        await withGroup(context, async (group, name) => {
          const answer = await context.client.call('PATCH', `/api/guarantees/${id}/`, { body: { group } })
          equal(answer.status, 200, answer.text.slice(0, 200))
          deepEqual(await pledgeNow(id), [group, name, '#ff5722'])
        })
        deepEqual(await pledgeNow(id), [null, null, null])
      })
    },
  ),
  rule(
    'W172',
    'A note is kept with who wrote it and when, newest first, and the pledge says that it has notes.',
    [],
    async (context) => {
      const { client } = context
      await withPledge(context, async ({ id }) => {
        for (const [content, isImportant] of [
          ['first ملاحظة', false],
          ['second', true],
        ] as const) {
          const answer = await client.call('POST', `/api/guarantees/${id}/add-note/`, {
            body: { content, isImportant },
          })
          if (answer.status === 404 || answer.status === 405) throw new Lack('notes')
          equal(answer.status, 201, answer.text.slice(0, 200))
        }
        const notes = await readNotes(client.rest, GuaranteeId.parse(id))
        check(notes.ok, JSON.stringify(notes))
        deepEqual(
          notes.value.notes.map(({ text, important }) => [text, important]),
          [
            ['second', true],
            ['first ملاحظة', false],
          ],
        )
        check(notes.value.notes.every(({ author, at }) => author !== '' && at > 0))
        equal(fieldsOf(dataOf(await client.call('GET', `/api/guarantees/${id}/`))).hasNotes, true)
      })
    },
  ),
  rule('W173', 'Notes of a pledge that is not the account’s are a 404.', [], async ({ client }) => {
    const answer = await client.call('GET', '/api/guarantees/999999999/notes/')
    equal(answer.status, 404)
    equal(fieldsOf(answer.json).status, 'error')
  }),
  rule('W174', 'What was done to a pledge is told with who and when, newest first.', [], async (context) => {
    await withPledge(context, async ({ id }) => {
      const path = `/api/guarantees/${id}`
      await context.client.call('PATCH', `${path}/quick-update/`, { body: { guaranteeStatus: 'PENDING' } })
      if ((await context.client.call('GET', `${path}/history/`)).status === 404) throw new Lack('a history')
      const notes = await readNotes(context.client.rest, GuaranteeId.parse(id))
      check(notes.ok && notes.value.history !== null, 'the history was not understood')
      const [newest] = notes.value.history
      deepEqual([newest?.action, newest?.after], ['STATUS_CHANGED', 'PENDING'])
      check(newest?.author !== '' && (newest?.at ?? 0) > 0)
    })
  }),
]
