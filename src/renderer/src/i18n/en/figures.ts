/** Words that keep one figure from being taken for another. */
export const figures = {
  electors: 'electors',
  once: 'Electors, each once',
  onceText:
    'An elector promised to two collectors is one elector here and two promises in the list: each collector’s own sum counts promises.',
  promises: '{{n}} promises by {{electors}} electors',
  beyond_one: '{{n}} more where your account sees no attendance',
  beyond_other: '{{n}} more where your account sees no attendance',
  notSeen_one: '{{n}} elector not seen yet',
  notSeen_other: '{{n}} electors not seen yet',
  countsPromises: 'Each bar counts promises; an elector promised to two collectors is two of them.',
  asOf: 'as of {{time}}',
  asOfText:
    'These three columns are of one instant, told once a second; the figures at the top of the page move with every mark.',
  hoursTouched: 'Whole hours: each that the chosen part of the day touches.',
  during: 'Marked {{from}}–{{to}}',
  until: 'Marked before {{to}}',
  notDuring: '{{words}}: show all times again',
  anyParty: 'Any party',
  lastSheet: 'Last sheet',
  feedKeys: 'In the feed: the next line, the one before; ← → to its committee',
} as const
