import { beginningWords } from './beginning.ts'
import { type EvidenceFacts, utc } from './facts.ts'

/** What is in the pack and how to check it, for whoever opens it without us. */
export function readMe({ journal, choice }: EvidenceFacts): string {
  return `Tallydesk evidence pack
${journal.mode === 'rehearsal' ? '\nREHEARSAL. These figures are practice and belong to no election.\n' : ''}
Journal   ${journal.name}
Record    ${journal.cursor}
Head      ${journal.head}
${journal.begins ? `\nBeginning\n  ${beginningWords(journal.begins, utc)}\n` : ''}
What is here
  manifest.json    every file with its SHA-256; what the pack was made from; how far each topic could be trusted
  report.pdf       the figures on paper
  head.svg         the QR sign: server, election, mode, record and head
  *.csv            UTF-8 with a byte order mark, RFC 4180, times in UTC
  nist-sp-1500-100-v2.json   NIST SP 1500-100 version 2 election report
${choice.withJournal ? '  journal.ndjson   the journal itself, one record a line, each hash over the one before\n' : ''}${choice.withJournal && journal.begins ? '  checkpoint.ndjson   what the records told that were let go\n' : ''}
Doubt
  Each CSV row says in the columns *_in_doubt, *_trust, *_trust_since and *_trust_because how far its figures could be
  trusted at the pack's last record. "provisional" marks a record that no read had confirmed.
  paper-counts.csv is what people at the desk counted on paper lists; no server has it. Its columns *_then say what the server had
  when the paper was counted, and how far that could be trusted then; empty where the journal begins later than the count.

Spreadsheets
  A text that begins with = + - @ (or a tab, a line break, or the full-width signs) has one apostrophe put before it, so that no
  spreadsheet runs it. To get the text back, take one apostrophe away wherever such a sign follows the apostrophes.
${choice.privacy === 'sealed' ? SEALED : ''}
To verify
  tallydesk pack verify THIS.zip                 the files are the ones the manifest names${choice.withJournal ? ', and equal the journal in the pack' : ''}
  tallydesk pack verify THIS.zip --data DIR      and equal the journal in a desk's data directory, byte for byte
`
}

const SEALED = `
Sealed
  No names of electors or clerks, no telephone numbers, no notes, no server's words are in this pack. Electors have ordinals (E0000001 …)
  in the order of their numbers, the same in every file. Candidates and committees are public and have their names.
`
