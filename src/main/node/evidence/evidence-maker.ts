import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EvidenceMaker, MadePack } from '../../../core/evidence/evidence-desk.ts'
import type { Log } from '../../../core/ports.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EvidenceFailure, EvidenceWishes } from '../../../shared/view/evidence.ts'
import { zoneOffset } from '../../../shared/zone.ts'
import { openKept } from '../kept-journal.ts'
import { makePack } from './make-pack.ts'
import { packFolder, packStem } from './pack-folder.ts'
import { signSquares } from './qr-sign.ts'
import { Cancelled, type Progress } from './rows.ts'

type Wish = { readonly journal: string; readonly upTo: number; readonly wishes: EvidenceWishes; readonly zone: string }

/** Makes packs from the journals of one data directory, into its folder `evidence`, beside the desk's own work. */
export function createEvidenceMaker(dir: string, version: string, log: Log): EvidenceMaker {
  return {
    make(wish, progress) {
      let isOver = false
      const turn = async (so: Progress) => {
        progress(so)
        await new Promise((resolve) => setImmediate(resolve))
        if (isOver) throw new Cancelled()
      }
      return { ended: make(dir, version, log, wish, turn), cancel: () => void (isOver = true) }
    },
  }
}

async function make(
  dir: string,
  version: string,
  log: Log,
  { journal, upTo, wishes, zone }: Wish,
  turn: (so: Progress) => Promise<void>,
): Promise<Result<MadePack, EvidenceFailure>> {
  const rows = openKept(dir, journal)
  if (!rows.ok) return failed(log, 'not-written', rows.error.detail)
  try {
    mkdirSync(packFolder(dir), { recursive: true, mode: 0o700 })
    const name = packName(journal, upTo, wishes)
    const made = await makePack({
      rows: rows.value,
      name: journal,
      upTo,
      choice: {
        privacy: wishes.sealed ? 'sealed' : 'open',
        withJournal: wishes.withJournal,
        language: wishes.language,
        utcOffsetMinutes: minutesAhead(zone),
      },
      version,
      file: join(packFolder(dir), name),
      turn,
    })
    if (!made.ok) {
      const { is, detail } = made.error
      return failed(log, is === 'cancelled' || is === 'chain-broken' || is === 'let-go' ? is : 'not-written', detail)
    }
    const { file, bytes, cursor, begins, head, sign } = made.value
    log.info('evidence.made', { cursor, bytes, sealed: wishes.sealed })
    const squares = (await signSquares(sign)).map((row) => row.map((dark) => (dark ? '1' : '0')).join(''))
    return ok({ name, file, bytes, cursor, begins, head, sign, squares })
  } catch (cause) {
    return failed(log, 'not-written', String(cause))
  } finally {
    rows.value.close()
  }
}

const MINUTE = 60_000

/** Of now: an election and its pack are of one season. */
export const minutesAhead = (zone: string): number => Math.round(zoneOffset(zone, Date.now()) / MINUTE)

function failed(log: Log, why: EvidenceFailure, detail: string): Result<never, EvidenceFailure> {
  log.warn('evidence.not-made', { why, detail })
  return err(why)
}

/** Says what it is. */
function packName(journal: string, upTo: number, { sealed, withJournal }: EvidenceWishes): string {
  return `${packStem(journal)}-${upTo}${sealed ? '-sealed' : ''}${withJournal ? '-with-journal' : ''}.zip`
}
