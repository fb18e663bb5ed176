/** Words of the election's time zone. */
export const zone = {
  title: 'Time zone of the election',
  open: 'Time zone: {{name}}…',
  text: 'Every time on the screens, on paper and in evidence packs of this desk is told in the time of where the election is held. What was recorded stays as it is.',
  field: 'Where the election is held',
  now: 'There ({{name}}) it is {{time}} now.',
  give: 'Tell this time',
  saved: 'Times are told as in {{name}} now.',
  told: 'Times are those of {{name}}.',
} as const
