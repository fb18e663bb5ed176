import { acts } from './en/acts.ts'
import { attend } from './en/attend.ts'
import { board } from './en/board.ts'
import { charts } from './en/charts.ts'
import { committee } from './en/committee.ts'
import { common } from './en/common.ts'
import { doctor } from './en/doctor.ts'
import { evidence } from './en/evidence.ts'
import { figures } from './en/figures.ts'
import { frame } from './en/frame.ts'
import { incidents } from './en/incidents.ts'
import { kiosk } from './en/kiosk.ts'
import { keeping } from './en/keeping.ts'
import { link } from './en/link.ts'
import { lists } from './en/lists.ts'
import { paper } from './en/paper.ts'
import { pledges } from './en/pledges.ts'
import { replay } from './en/replay.ts'
import { results } from './en/results.ts'
import { revoked } from './en/revoked.ts'
import { safe } from './en/safe.ts'
import { session } from './en/session.ts'
import { sheet } from './en/sheet.ts'
import { tour } from './en/tour.ts'
import { trail } from './en/trail.ts'
import { wall } from './en/wall.ts'
import { zone } from './en/zone.ts'

/** English: the words every key is named after. */
export const en = {
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
