/** Words of an account that was taken away. */
export const revoked = {
  title: 'This account was taken away',
  by: '{{account}} was taken away by {{by}}, {{at}}.',
  locked: 'Nothing of this server is shown here until somebody else signs in. Nothing was removed from this desk.',
  wiped: 'By the same order this desk removed what it kept of this server. A record without names stays.',
  held: 'By the same order this desk is to remove what it keeps of this server.',
  failed:
    'This desk is to remove what it keeps of this server and could not yet. It tries again at the next start; the log says why.',
  waiting_one: 'One action typed here was never answered by the server. It is kept: nothing typed is removed.',
  waiting_other: '{{n}} actions typed here were never answered by the server. They are kept: nothing typed is removed.',
  next: 'They are sent in that account’s name alone: have it opened again and sign in here. Or have a technician list them with “tallydesk journal unsent” and decide.',
} as const
