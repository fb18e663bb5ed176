import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { RULE_CODES } from '../../shared/sheet/rules.ts'
import { FieldName } from '../../shared/sheet/sheet.ts'
import type { Api, Ask } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { notFound, refused } from '../http/fault.ts'
import { camelized } from '../http/keys.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import type { RemarkDraft, SheetRecord } from '../store/remark-tables.ts'
import type { CommitteeRecord } from '../store/records.ts'
import type { Announce } from '../store/store.ts'
import { EVERYBODY } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

const code = z.enum(RULE_CODES)
const content = z.string().trim().min(1).max(500)
/** A warning of a sheet, and why the paper has it. */
export const Remark = z.object({
  ...{ code, field: FieldName, content },
  n: z.number().int(),
  most: z.number().int(),
  place: z.string().max(40).nullable().default(null),
})
const Handling = z.object({ code, field: FieldName, content })
export const SHEETS_PATH = '/api/voting/sheets/'

/** What goes with each count sheet beside its figures: words to its warnings, and who dealt with them. */
export function addRemarks(api: Api): void {
  api.read(SHEETS_PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    return pageAnswer(tables.remarks.list(page.value), page.value, ask.url, (record) => record.committee)
  })
  api.read(`${SHEETS_PATH}:id/`, 'user', (ask, tables) => {
    const id = committeeOf(ask, tables)
    return id.ok ? ok({ data: tables.remarks.of(id.value.id) }) : id
  })
  api.write('POST', `${SHEETS_PATH}:id/handle/`, 'supervisor', handle)
}

export function committeeOf(ask: Ask, tables: Tables): Result<CommitteeRecord, RestFault> {
  const id = idOf(ask)
  return id.ok ? there(tables.committees.byId(id.value)) : id
}

/** The words of a sheet that is entered, in place of those to the sheet before; told where there is anything to tell. */
export function putRemarks(
  ask: Ask,
  tables: Tables,
  announce: Announce,
  committee: number,
  remarks: readonly RemarkDraft[],
): void {
  const before = tables.remarks.of(committee)
  if (before.remarks.length + remarks.length === 0 && before.typed === null) return
  // One person entered what two had typed before: it is theirs no more.
  tables.typed.replaced(committee)
  const by = { user: ask.caller.user.id, at: ask.at }
  tables.remarks.put(
    committee,
    remarks.map((remark) => ({ ...remark, ...by })),
  )
  tellSheet(tables, announce, committee)
}

/** Once, and not by who wrote the words. */
function handle(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Handling, ask.body)
  if (!fields.ok) return fields
  const id = committeeOf(ask, tables)
  if (!id.ok) return id
  const { id: committee } = id.value
  const before = tables.remarks.of(committee)
  const said = before.remarks.filter((one) => one.code === fields.value.code && one.field === fields.value.field)
  if (said.length === 0) return err(notFound('Nothing was said to this warning.'))
  if (said.every((one) => one.handled !== null))
    return err({
      status: 409,
      message: 'This warning was dealt with already.',
      errors: { current: camelized(before) },
    })
  if (said.some((one) => one.user_email === ask.caller.user.email))
    return err(refused('Somebody else deals with a warning you explained.', { code: ['These are your own words.'] }))
  tables.remarks.handle(committee, fields.value, { user: ask.caller.user.id, content: fields.value.content }, ask.at)
  return ok({ data: tellSheet(tables, announce, committee), message: 'The warning was dealt with', status: 201 })
}

/** Who typed and who said what, to every desk; no figure of an entry that waits. */
export function tellSheet(tables: Tables, announce: Announce, committee: number): SheetRecord {
  const data = tables.remarks.of(committee)
  announce({ type: 'sheet_update', action: 'updated', data, audience: EVERYBODY })
  return data
}
