import { acts } from './ar/acts.ts'
import { attend } from './ar/attend.ts'
import { board } from './ar/board.ts'
import { charts } from './ar/charts.ts'
import { committee } from './ar/committee.ts'
import { common } from './ar/common.ts'
import { doctor } from './ar/doctor.ts'
import { evidence } from './ar/evidence.ts'
import { figures } from './ar/figures.ts'
import { frame } from './ar/frame.ts'
import { incidents } from './ar/incidents.ts'
import { kiosk } from './ar/kiosk.ts'
import { keeping } from './ar/keeping.ts'
import { link } from './ar/link.ts'
import { lists } from './ar/lists.ts'
import { paper } from './ar/paper.ts'
import { pledges } from './ar/pledges.ts'
import { replay } from './ar/replay.ts'
import { results } from './ar/results.ts'
import { revoked } from './ar/revoked.ts'
import { safe } from './ar/safe.ts'
import { session } from './ar/session.ts'
import { sheet } from './ar/sheet.ts'
import { tour } from './ar/tour.ts'
import { trail } from './ar/trail.ts'
import { wall } from './ar/wall.ts'
import { zone } from './ar/zone.ts'

/** Arabic, with its six plural forms; a test holds it to the keys of English. */
export const ar = {
  acts,
  attend,
  charts,
  committee,
  common,
  figures,
  frame,
  link,
  doctor,
  evidence,
  board,
  incidents,
  kiosk,
  lists,
  paper,
  pledges,
  replay,
  results,
  revoked,
  safe,
  session,
  sheet,
  tour,
  trail,
  wall,
  keeping,
  zone,
} as const
