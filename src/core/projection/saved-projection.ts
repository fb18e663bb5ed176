import { z } from 'zod'
import { Position, Topic } from '../../shared/model/change.ts'
import { Mode } from '../../shared/model/records.ts'
import { Predecessor } from '../journal/event.ts'
import { SavedConflicts } from './conflicts.ts'
import { SavedDuty } from './duty.ts'
import { SavedOutbox } from './outbox.ts'
import { SavedPaper } from './paper.ts'
import { SavedSheets } from './sheets.ts'
import { SavedTables, Told } from './table.ts'
import { SavedTrust } from './trust.ts'

/** What a checkpoint holds of a projection. */
export const SavedProjection = z.object({
  cursor: z.number(),
  identity: z
    .object({
      is: z.literal('opened'),
      version: z.literal(1),
      server: z.string(),
      election: z.number(),
      mode: Mode,
      after: Predecessor.optional(),
    })
    .nullable(),
  position: Position.nullable(),
  phantoms: z.number(),
  quarantined: z.number(),
  floor: z.array(z.tuple([Topic, Position])),
  gone: z.array(z.tuple([Topic, z.array(z.tuple([z.string(), Told]))])),
  tables: SavedTables,
  trust: SavedTrust,
  outbox: SavedOutbox,
  conflicts: SavedConflicts,
  duty: SavedDuty,
  sheets: SavedSheets,
  paper: SavedPaper,
})
export type SavedProjection = z.infer<typeof SavedProjection>
