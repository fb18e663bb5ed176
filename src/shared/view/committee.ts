import { z } from 'zod'
import { CommitteeCode } from '../model/ids.ts'
import { Provenance } from './lists.ts'
import { TrailOf } from './trail.ts'

const whole = z.number().int()
/** People named in one answer. */
export const MOST_PEOPLE = 12
/** Records told in one answer. */
export const MOST_TOLD = 20

/** Somebody who marked electors here. `name` null: the server did not say who. */
const Marker = z.object({ name: z.string().nullable(), marks: whole, lastAt: z.number() })

/** A record of the committee that this desk was told of: leads to the journal's rows about it. */
export const ToldRecord = z.object({
  of: TrailOf,
  what: z.enum(['attended', 'pending', 'count', 'entry', 'committee', 'paper']),
  /** Whom it is about: an elector, a candidate; empty where it is the committee itself. */
  name: z.string(),
  /** Votes, ballots, people on paper; null: it is no figure. */
  figure: whole.nullable(),
  cursor: whole,
  provenance: Provenance,
})
export type ToldRecord = z.infer<typeof ToldRecord>

/** What is known of one committee beside its figures. */
export const CommitteeDetail = z.object({
  location: z.string(),
  /** Who marked most first. */
  markers: z.array(Marker).max(MOST_PEOPLE),
  /** People left out. */
  beyond: whole,
  /** Who entered its counts, as the server says. */
  counters: z.array(z.string()).max(MOST_PEOPLE),
  /** Records told last, newest first. */
  told: z.array(ToldRecord).max(MOST_TOLD),
})
export type CommitteeDetail = z.infer<typeof CommitteeDetail>

export const COMMITTEE_STREAMS = {
  /** One committee; null: it is not known, or not the viewer's to see. */
  committee: {
    input: z.object({ committee: CommitteeCode }),
    snapshot: CommitteeDetail.nullable(),
    patch: CommitteeDetail.nullable(),
  },
} as const
