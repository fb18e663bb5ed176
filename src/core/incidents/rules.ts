import type { IncidentRule } from '../../shared/view/incident.ts'
import { clockRule } from './clock-skew.ts'
import { countSheetRule } from './count-sheet.ts'
import { diskRule } from './disk.ts'
import { doubtRule } from './doubt.ts'
import { lostEndRule } from './lost-end.ts'
import { linkRule } from './link.ts'
import { outboxRule } from './outbox.ts'
import { overRule } from './over.ts'
import { quarantineRule } from './quarantine.ts'
import { refusedRule } from './refused.ts'
import type { Rule } from './rule.ts'
import { silentRule } from './silent.ts'
import { targetRule } from './target.ts'

export const RULES: Readonly<Record<IncidentRule, Rule>> = {
  link: linkRule,
  doubt: doubtRule,
  silent: silentRule,
  over: overRule,
  count: countSheetRule,
  outbox: outboxRule,
  refused: refusedRule,
  disk: diskRule,
  clock: clockRule,
  target: targetRule,
  quarantine: quarantineRule,
  'lost-end': lostEndRule,
}
