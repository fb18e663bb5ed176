import { csvText, type Sheet } from './csv.ts'
import type { EvidenceFacts } from './facts.ts'
import { nistReport } from './nist.ts'
import { peopleView } from './people.ts'
import { type Report, reportOf } from './report.ts'
import { paperCountsSheet } from './sheet-paper-counts.ts'
import { candidatesSheet, committeesSheet, countsSheet, resultsSheet } from './sheets-figures.ts'
import { doubtsSheet, linkSheet, quarantineSheet } from './sheets-link.ts'
import { attendanceSheet, commandsSheet, conflictsSheet, guaranteesSheet } from './sheets-people.ts'
import { readMe } from './read-me.ts'
import { signText } from './sign.ts'

export const NIST_FILE = 'nist-sp-1500-100-v2.json'
export const PAPER_FILE = 'report.pdf'
export const SIGN_FILE = 'head.svg'
export const JOURNAL_FILE = 'journal.ndjson'
/** What the rows tell that were let go: the checkpoint the journal begins at, with the journal's rows only. */
export const CHECKPOINT_FILE = 'checkpoint.ndjson'

/** One file of a pack, made when it is asked for: text piece by piece, or what the host has to draw. */
export type PackFile =
  | { readonly is: 'text'; readonly name: string; pieces(): Iterable<string> }
  | { readonly is: 'paper'; readonly name: string; report(): Report }
  | { readonly is: 'sign'; readonly name: string; readonly text: string }

/** Every file of a pack but the manifest and the journal's rows, in the pack's order. The same facts give the same bytes. */
export function packFiles(facts: EvidenceFacts): readonly PackFile[] {
  const people = peopleView(facts.fold, facts.choice.privacy)
  const sheets: readonly Sheet[] = [
    committeesSheet(facts),
    candidatesSheet(facts),
    countsSheet(facts, people),
    resultsSheet(facts),
    attendanceSheet(facts, people),
    guaranteesSheet(facts, people),
    paperCountsSheet(facts, people),
    commandsSheet(facts, people),
    conflictsSheet(facts, people),
    linkSheet(facts, people),
    doubtsSheet(facts),
    quarantineSheet(facts, people),
  ]
  return [
    { is: 'text', name: 'READ-ME.txt', pieces: () => [readMe(facts)] },
    { is: 'paper', name: PAPER_FILE, report: () => reportOf(facts) },
    { is: 'sign', name: SIGN_FILE, text: signText(facts) },
    ...sheets.map((sheet): PackFile => ({ is: 'text', name: sheet.name, pieces: () => csvText(sheet) })),
    { is: 'text', name: NIST_FILE, pieces: () => [`${JSON.stringify(nistReport(facts), null, 1)}\n`] },
  ]
}
