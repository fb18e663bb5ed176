/** Words of the first minute. */
export const tour = {
  title: 'Tour',
  offer: 'New here? Six stops on the real screens, one minute, Enter to go on.',
  start: 'Start the tour',
  decline: 'No, thanks',
  again: 'Show the tour of one minute',
  place: '{{a}} of {{b}}',
  next: 'Next',
  back: 'Back',
  done: 'Done',
  skip: 'Skip the rest',
  stop: {
    board:
      'The board: who came, who pledged, what is counted, which committees need somebody. Each figure leads to its records.',
    doubt: 'A hatched figure with a clock is in doubt. Rest the pointer on the clock: it says why and since when.',
    link: 'The link: Live with the age of the data. If it is not live, this page says why, with proof, and what to do.',
    mark: 'Press m anywhere to mark an attendance: the number, Enter. It is kept on this desk before you see it done.',
    faults: 'What needs a person is here, worst first. Take it, and it has an owner; put it off, and it comes back.',
    keys: 'Ctrl K finds any screen or command, ? lists the keys. Everything works by keyboard.',
  },
} as const
