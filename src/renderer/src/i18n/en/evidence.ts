/** Words of the evidence pack. */
export const evidence = {
  open: 'Evidence pack…',
  title: 'Evidence pack',
  what: 'One file with the figures as tables, the report on paper, the NIST report, and the proof that all of it is what this desk’s journal says now.',
  people: 'People in it',
  sealed: 'Sealed, to hand over',
  sealedText: 'No names of electors or clerks, no telephone numbers, no notes. Electors get ordinals.',
  openPack: 'Open, for those who may see the electors',
  openText: 'Names, numbers and notes as your account sees them.',
  withJournal: 'Put the journal itself in',
  withJournalText:
    'Then anybody can verify the pack without this desk. It also holds what was since removed or changed.',
  withJournalSealed: 'Not in a sealed pack: the journal names people.',
  mayNot: 'Only an administrator may make one.',
  make: 'Make the pack',
  step: {
    reading: 'Reading the journal: {{done}} of {{total}} records',
    writing: 'Making the files: {{done}} of {{total}}',
  },
  goesOn: 'It goes on when this is closed. Nothing is left behind when it is cancelled.',
  madeSealed: 'A sealed pack was made, up to record {{n}}.',
  madeOpen: 'An open pack was made, up to record {{n}}. It holds names: give it only to those who may see them.',
  begins:
    'The journal is in it from record {{n}} of {{time}} on. What came before was let go here to save space: its outcome is in the pack, the records are not.',
  head: 'Head of the journal',
  where: 'On this machine',
  verifyWith: 'Verify with',
  signLabel: 'QR sign: {{text}}',
  writeDown: 'Photograph the sign or write the head down: any later pack of this journal can be held against it.',
  another: 'Make another',
  save: 'Save the file ({{n}} MB)',
  failed: {
    cancelled: 'Cancelled. Nothing was written.',
    'chain-broken':
      'The journal is damaged, so it proves nothing. Keep it, and ask your technician to run “journal verify”.',
    'let-go':
      'The oldest events were let go to save space, and what holds their outcome does not read. Ask your technician to run “journal verify”; a pack or a backup made before has them.',
    'not-written': 'The file could not be written. Free some space on this machine and try again.',
  },
} as const
