import { z } from 'zod'
import { PledgesView, RadarView } from './view/pledges.ts'

export const PLEDGE_STREAMS = {
  /** The funnel, by committee, collector and group. */
  pledges: { input: z.null(), snapshot: PledgesView, patch: PledgesView },
  /** Pledged and not yet seen. */
  radar: { input: z.null(), snapshot: RadarView, patch: RadarView },
} as const
