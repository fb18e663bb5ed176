import { z } from 'zod'
import { CommandKey } from './model/ids.ts'

/** Done: written to this desk's disk under this key. The outbox tells what became of it. */
export const saved = z.object({ key: CommandKey })
/**
 * `not-saved`: the disk refused, nothing was done. `not-open`: no journal is open yet. The others say why this account may not:
 * `not-allowed`: nobody is signed in; `not-your-committee`; `not-yours`: only its collector changes a guarantee; `role-too-low`.
 * `not-known`: this desk has no such record (any more). `not-on-this-server`: the server has no way to do it.
 */
export const savedErrors = [
  'not-saved',
  'not-open',
  'not-allowed',
  'not-your-committee',
  'not-yours',
  'role-too-low',
  'not-known',
  'not-on-this-server',
] as const
export const SAVED_BUT_OWN = [
  'not-saved',
  'not-open',
  'not-allowed',
  'not-your-committee',
  'role-too-low',
  'not-known',
] as const
/** Why a correction, an undoing or a decision was made: kept in the journal. */
export const reason = z.string().trim().min(1).max(500)
