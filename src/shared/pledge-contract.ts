import { z } from 'zod'
import { CALL_COMMANDS, CallQuery, CallSlice } from './view/calls.ts'
import { PledgesView, RadarView } from './view/pledges.ts'

export const PLEDGE_COMMANDS = { ...CALL_COMMANDS } as const

export const PLEDGE_STREAMS = {
  /** The funnel, by committee, collector and group. */
  pledges: { input: z.null(), snapshot: PledgesView, patch: PledgesView },
  /** Pledged and not yet seen. */
  radar: { input: z.null(), snapshot: RadarView, patch: RadarView },
  /** Whom to call, the most useful first, and who is calling. */
  calls: { input: CallQuery, snapshot: CallSlice, patch: CallSlice },
} as const
