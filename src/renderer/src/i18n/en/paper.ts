/** Words of lists on paper. */
export const paper = {
  open: 'Print the list…',
  title: 'Print: {{list}}',
  reading: 'Reading the rows: {{n}} of {{total}}',
  sizes: 'Rows: {{n}} · sheets of A4: about {{sheets}}',
  most: 'Paper takes the first {{n}} rows; {{left}} are left out. Narrow the list by its filters first.',
  text: 'All rows of the list as it is filtered now, with the election, the time and the state of the link above them.',
  none: 'There is no row to print.',
  give: 'Print',
  rows: '{{n}} of {{total}} rows, as the list was filtered.',
  inSight: 'Only the rows in sight are on this paper. “Print the list…” in its head prints all {{total}}.',
} as const
