import { ok as check } from 'node:assert/strict'
import type { Context } from './rule.ts'
import { Lack } from './rule.ts'
import { dataOf, fieldsOf, listOf } from './client.ts'

/** Records the rules make, and the people and places they make them of. */

const PAGES_LOOKED_AT = 6
export type Elector = { readonly number: string; readonly committee: string }

/** Codes of the committees this account may mark in. */
export async function placesOf({ client }: Context): Promise<readonly string[]> {
  const me = dataOf(await client.call('GET', '/api/users/me/'))
  const own = listOf(me.committees).filter((code) => typeof code === 'string')
  if (me.role !== 'ADMIN' && me.role !== 'SUPER_ADMIN') return own
  const list = listOf(fieldsOf((await client.call('GET', '/api/elections/committees/')).json).data).map(fieldsOf)
  return list.map(({ code }) => String(code))
}

/** Electors of the register, page by page, in committees this account may mark in. */
export async function* electors(context: Context): AsyncGenerator<Elector> {
  const { client } = context
  const own = await placesOf(context)
  for (let page = 1; page <= PAGES_LOOKED_AT; page++) {
    const answer = await client.call('GET', `/api/electors/?page=${page}`)
    if (answer.status !== 200) return
    for (const row of listOf(dataOf(answer).electors).map(fieldsOf)) {
      const { kocId, committeeCode } = row
      if (typeof kocId !== 'string' || typeof committeeCode !== 'string') continue
      if (own.includes(committeeCode)) yield { number: kocId, committee: committeeCode }
    }
  }
}

/** Somebody who has not come yet. */
export async function absentElector(context: Context): Promise<Elector> {
  for await (const elector of electors(context)) {
    const path = `/api/attendees/search-elector/?koc_id=${encodeURIComponent(elector.number)}`
    const found = dataOf(await context.client.call('GET', path))
    if (found.hasAttended === false) return elector
  }
  throw new Lack('an elector who has not attended, in a committee of this account')
}

/** Marks one absent elector, hands over the record's id and takes the mark back. */
export async function withMark(
  context: Context,
  use: (mark: { readonly id: number; readonly elector: Elector }) => Promise<void>,
): Promise<void> {
  const elector = await absentElector(context)
  const body = { kocId: elector.number, committeeCode: elector.committee, notes: 'contract <b>suite</b>' }
  const answer = await context.client.call('POST', '/api/attendees/mark/', { body })
  check(answer.status === 201, `mark answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  const id = Number(dataOf(answer).id)
  try {
    await use({ id, elector })
  } finally {
    await context.client.call('DELETE', `/api/attendees/${id}/`)
  }
}

/** Pledges one elector this account has not pledged, hands over the record's id and takes the pledge back. */
export async function withPledge(
  context: Context,
  use: (pledge: { readonly id: number; readonly elector: string }) => Promise<void>,
): Promise<void> {
  const elector = await pledgeSomebody(context)
  const id = await idOfPledge(context, elector)
  try {
    await use({ id, elector })
  } finally {
    await context.client.call('DELETE', `/api/guarantees/${id}/`)
  }
}

export async function pledgeSomebody(context: Context): Promise<string> {
  for await (const { number } of electors(context)) {
    const answer = await context.client.call('POST', '/api/guarantees/', { body: { elector: number } })
    if (answer.status === 201) return number
    check(answer.status === 400, `a pledge answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  }
  throw new Lack('an elector this account has not pledged')
}

/** The plain server's answer to a pledge has no id: it is found in the list. */
export async function idOfPledge({ client }: Context, elector: string): Promise<number> {
  const answer = await client.call('GET', '/api/guarantees/?page=1&page_size=200')
  const rows = listOf(dataOf(answer).guarantees).map(fieldsOf)
  const id = rows.find((row) => row.elector === elector)?.id
  if (typeof id !== 'number') throw new Error(`the pledge of ${elector} is not in the list`)
  return id
}
