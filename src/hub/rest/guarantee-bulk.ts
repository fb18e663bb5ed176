import { z } from 'zod'
import { err, ok } from '../../shared/result.ts'
import type { Api, Ask } from '../http/api.ts'
import { parsed } from '../http/api.ts'
import { notFound } from '../http/fault.ts'
import type { Announce } from '../store/store.ts'
import * as pledge from './pledging.ts'
import type { GuaranteePatch } from '../store/guarantee-tables.ts'
import type { Tables } from '../store/tables.ts'

const ids = z.array(z.number().int()).min(1).max(1000)
const Confirm = z.object({ guarantee_ids: ids, confirmation_status: pledge.confirmation })
const Update = z.object({
  guarantee_ids: ids,
  guarantee_status: pledge.status.optional(),
  group_id: pledge.group.optional(),
})

/** Many guarantees in one call: all or none, one frame for each that is there. */
export function addGuaranteeBulk(api: Api): void {
  api.write('POST', '/api/guarantees/bulk_confirm/', 'user', (ask, tables, announce) => {
    const fields = parsed(Confirm, ask.body)
    if (!fields.ok) return fields
    const confirmation = fields.value.confirmation_status
    const count = changeAll(ask, tables, announce, fields.value.guarantee_ids, { confirmation })
    return count.ok ? ok({ data: { updated_count: count.value }, message: `${count.value} guarantees updated` }) : count
  })
  api.write('POST', '/api/guarantees/bulk-update/', 'user', (ask, tables, announce) => {
    const fields = parsed(Update, ask.body)
    if (!fields.ok) return fields
    const { guarantee_status: status, group_id: group } = fields.value
    const count = changeAll(ask, tables, announce, fields.value.guarantee_ids, { status, group })
    if (!count.ok) return count
    const updated = [...(status === undefined ? [] : ['guarantee_status']), ...(group === undefined ? [] : ['group'])]
    const data = { updated_count: count.value, fields_updated: updated }
    return ok({ data, message: `${count.value} guarantees updated` })
  })
}

function changeAll(ask: Ask, tables: Tables, announce: Announce, wanted: readonly number[], fields: GuaranteePatch) {
  let count = 0
  for (const id of new Set(wanted)) {
    const before = pledge.own(ask, tables, id)
    if (!before.ok) continue
    const after = pledge.changed(ask, tables, announce, before.value, fields)
    if (!after.ok) return after
    count += 1
  }
  return count === 0 ? err(notFound('None of these guarantees is yours.')) : ok(count)
}
