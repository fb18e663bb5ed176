import { z } from 'zod'
import { CommitteeCode, GroupId, UserId } from '../model/ids.ts'

const whole = z.number().int().nonnegative()

/** Guarantees by stage. One elector promised to two collectors is two guarantees. */
export const PledgeSums = z.object({
  guarantees: whole,
  pledged: whole,
  /** Pledged, and confirmed on a call. */
  confirmed: whole,
  /** Pledged, and the elector was marked. */
  attended: whole,
  /** Pledged, confirmed and marked. */
  confirmedAttended: whole,
})
export type PledgeSums = z.infer<typeof PledgeSums>

/** The funnel pledged → confirmed → attended, in all and by whose, where and in which drawer. */
export const PledgesView = z.object({
  all: PledgeSums,
  /** Electors who promised, each once. */
  electors: whole,
  /** Of them, those who were marked. */
  electorsSeen: whole,
  /** By code; null: the guarantee names a committee this desk does not know. */
  committees: z.array(PledgeSums.extend({ code: CommitteeCode.nullable(), electors: whole, electorsSeen: whole })),
  collectors: z.array(PledgeSums.extend({ id: UserId, name: z.string().nullable(), mine: z.boolean() })),
  /** The viewer's own groups in their order; null: their own in none. */
  groups: z.array(PledgeSums.extend({ id: GroupId.nullable(), name: z.string(), color: z.string().nullable() })),
})
export type PledgesView = z.infer<typeof PledgesView>

/** Why nothing is said of closing. */
export const NoProjection = z.enum([
  /** The desk was not told when polls close. */
  'no-closing',
  /** Not the voting day. */
  'not-voting',
  /** Fewer than four whole half hours of the day are over. */
  'too-early',
  /** Too few promised, or too few of them were seen. */
  'too-few',
])
export type NoProjection = z.infer<typeof NoProjection>

/** How many of the pledged will have come at closing: nine times in ten between `low` and `high`. */
export const Projection = z.discriminatedUnion('is', [
  z.object({ is: z.literal('range'), low: whole, middle: whole, high: whole }),
  z.object({ is: z.literal('nothing'), because: NoProjection }),
])
export type Projection = z.infer<typeof Projection>

const Gap = z.object({
  /** Electors who promised, each once. */
  pledged: whole,
  seen: whole,
  /** Of the seen, by the hour they were marked in; as many as the view has hours. */
  byHour: z.array(whole).max(24),
  closing: Projection,
})
export type Gap = z.infer<typeof Gap>

/** Who pledged and was not seen yet. Times in ms. */
export const RadarView = z.object({
  /** By the day's clock: the latest mark, or this desk's clock where that is later. */
  at: z.number(),
  closes: z.number().nullable(),
  /** Starts of the hours, ms. */
  hours: z.array(z.number()).max(24),
  all: Gap,
  /** The largest gap first. */
  committees: z.array(Gap.extend({ code: CommitteeCode })),
  /** Pledged electors of committees whose attendance this viewer does not see, or of none this desk knows. */
  beyond: whole,
})
export type RadarView = z.infer<typeof RadarView>
