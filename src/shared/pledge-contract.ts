import { z } from 'zod'
import { BULK_COMMANDS, BulkView } from './view/bulk.ts'
import { CALL_COMMANDS, CallQuery, CallSlice } from './view/calls.ts'
import { PledgesView, RadarView } from './view/pledges.ts'
import { MOST_VIEWS, SavedView, VIEW_COMMANDS } from './view/saved-views.ts'

export const PLEDGE_COMMANDS = { ...CALL_COMMANDS, ...BULK_COMMANDS, ...VIEW_COMMANDS } as const

export const PLEDGE_STREAMS = {
  /** The funnel, by committee, collector and group. */
  pledges: { input: z.null(), snapshot: PledgesView, patch: PledgesView },
  /** Pledged and not yet seen. */
  radar: { input: z.null(), snapshot: RadarView, patch: RadarView },
  /** Whom to call, the most useful first, and who is calling. */
  calls: { input: CallQuery, snapshot: CallSlice, patch: CallSlice },
  /** A change of many guarantees under way. */
  bulk: { input: z.null(), snapshot: BulkView, patch: BulkView },
  /** Lists as somebody at this desk wants them again, by name. */
  views: { input: z.null(), snapshot: z.array(SavedView).max(MOST_VIEWS), patch: z.array(SavedView).max(MOST_VIEWS) },
} as const
