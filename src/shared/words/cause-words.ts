import type { CauseCode } from '../model/link.ts'

/** What a cause means, in English, for command line and doctor. The window has its own, in two languages. */
export type CauseWords = {
  /** What happened, for someone who marks attendance. */
  readonly operator: string
  /** What it is, for someone who can look at the server. */
  readonly technician: string
  /** What to do now. */
  readonly next: string
}

const GOES_ON = 'Nothing. The console keeps trying; what you enter is kept.'

const WORDS: Readonly<Record<CauseCode, CauseWords>> = {
  starting: words('The console is starting.', 'No try has ended yet.', 'Wait a few seconds.'),
  'name-not-found': words(
    'The server’s name is not known here.',
    'DNS has no answer for the host.',
    'Check the server address and this network’s DNS.',
  ),
  refused: words(
    'The server is not running.',
    'The host answers; nothing listens on the port.',
    'Start the server, or check the port in its address.',
  ),
  'timed-out': words(
    'The server does not answer.',
    'No answer before the time limit: a firewall that drops, or a host that is down.',
    'Check the network cable or Wi-Fi, then ask the technician for the firewall.',
  ),
  unreachable: words(
    'There is no way to the server from here.',
    'The network reports the host or its net as unreachable.',
    'Check the network cable, the Wi-Fi or the VPN.',
  ),
  reset: words(
    'The connection was torn down while it was being made.',
    'Connection reset during the handshake: a proxy, a firewall, or TLS spoken to a port without it.',
    'Check that http or https in the address is right.',
  ),
  tls: words(
    'The server could not prove who it is.',
    'TLS failed: certificate unknown, expired or for another name.',
    'Do not go on. Ask the technician for the right certificate authority, and check this computer’s date.',
  ),
  redirected: words(
    'Another page answers in place of the server.',
    'The upgrade was answered with a redirect: a sign-in page of this network, or http where https is wanted.',
    'Open a browser, sign in to this network, or correct the server address.',
  ),
  proxy: words(
    'Something between here and the server is failing.',
    'A proxy answered for the server.',
    'Ask the technician whether the server behind the proxy is up.',
  ),
  'no-socket-there': words(
    'This server sends no live updates; figures are asked for every few seconds.',
    'The path of the socket is unknown there: WSGI, or a proxy without a route for /ws/.',
    'Work on. For live figures run the server under ASGI and route /ws/.',
  ),
  'wrong-path': words(
    'Live updates fail on the server; figures are asked for every few seconds.',
    'The upgrade was answered 500: a path the server does not route, or a fault while connecting.',
    'Work on. Look into the server’s log at this time.',
  ),
  'token-expired': words('Your sign-in is being renewed.', 'The access token ended; a new one is fetched.', GOES_ON),
  'token-refused': words(
    'The server does not accept your sign-in at the moment.',
    'A new access token was refused too: another signing key, or another server behind the same name.',
    'If it lasts, sign out and in again.',
  ),
  'sign-in-refused': words(
    'Your sign-in has ended.',
    'The server refused the refresh token.',
    'Sign in again. What you entered is kept.',
  ),
  'signed-out': words('You are signed out.', 'No tokens are held.', 'Sign in.'),
  forbidden: words(
    'Your account may not use this server any more.',
    'The server knows the user and lets them in no more.',
    'Ask your supervisor to have the account switched on.',
  ),
  'origin-refused': words(
    'The server does not accept this console’s origin; figures are asked for every few seconds.',
    'The token is good and the handshake is refused with this Origin: its host is not in ALLOWED_HOSTS.',
    'Set the origin in the server’s settings here, or add its host to ALLOWED_HOSTS.',
  ),
  'layer-down': words(
    'Live updates are down on the server; figures are asked for every few seconds.',
    'Token and origin are good, the handshake is refused: the channel layer (Redis) does not answer.',
    'Work on. Ask the technician to restart Redis.',
  ),
  'server-fault': words(
    'The server made a mistake and ended the connection.',
    'A fault in the server’s code or its channel layer.',
    GOES_ON,
  ),
  'server-restarting': words('The server is restarting.', 'It closed the sockets, or refuses since a cut.', GOES_ON),
  'too-slow': words(
    'This console could not keep up.',
    'The server closed the socket because frames piled up.',
    'Close other programs, or check the network’s speed.',
  ),
  'too-many': words(
    'The server asks for fewer connections.',
    'A rate limit was met, perhaps by several desks behind one address.',
    GOES_ON,
  ),
  silent: words(
    'Nothing is heard from the server.',
    'The socket is open and no byte comes: half-open, or the server is stuck.',
    'Check the network. The console dials again by itself.',
  ),
  cut: words('The connection was cut.', 'The socket ended without a close frame, or unasked.', GOES_ON),
  'day-limit': words('The server ended a long connection.', 'The limit of 24 hours for one socket.', GOES_ON),
  recycled: words('The connection is being renewed.', 'Renewed here before the server’s 24-hour limit.', GOES_ON),
  'frame-too-big': words(
    'The server sent more at once than is allowed.',
    'A frame or an answer was over the size limit.',
    'Tell the technician; the figures are read in another way.',
  ),
  'network-off': words(
    'This computer has no network.',
    'The system reports that the network is off.',
    'Check the network cable or Wi-Fi. What you enter is kept.',
  ),
  asleep: words('This computer was asleep.', 'The machine slept, or the process was held up.', GOES_ON),
  'journal-failed': words(
    'This computer cannot write to its disk.',
    'The journal could not be written.',
    'Free some disk space, then press Try now.',
  ),
  'wrong-mode': words(
    'This server plays a rehearsal, or is official where a rehearsal was expected.',
    'The mode in the hello is not the profile’s; its data may not enter this journal.',
    'Choose the right server, or change the profile.',
  ),
  unknown: words(
    'The connection failed for a reason not seen before.',
    'No rule matches the evidence; see the proof.',
    'Press Try now. If it lasts, run the doctor.',
  ),
}

function words(operator: string, technician: string, next: string): CauseWords {
  return { operator, technician, next }
}

/** The words of a cause. */
export const causeWords = (code: CauseCode): CauseWords => WORDS[code]
