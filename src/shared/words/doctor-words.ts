import type { DoctorNote, DoctorStep } from '../view/doctor.ts'

/** What a finding means, in English. The window has its own Arabic. */
export type DoctorWords = { readonly operator: string; readonly technician: string }

/** The steps by name. */
export const STEP_NAMES: Readonly<Record<DoctorStep, string>> = {
  name: 'Name',
  tcp: 'Way there',
  tls: 'Certificate',
  http: 'Nothing between',
  'sign-in': 'Sign-in',
  clock: 'Clocks',
  rest: 'Election server',
  'upgrade-header': 'Live updates',
  'upgrade-query': 'Live updates, other way',
  'upgrade-origin': 'Origin',
  hello: 'Greeting',
  ping: 'Round trip',
  liveness: 'Staying alive',
  snapshot: 'Reading',
  echo: 'Change comes back',
}

const words = (operator: string, technician: string): DoctorWords => ({ operator, technician })

export const DOCTOR_WORDS: Readonly<Record<DoctorNote, DoctorWords>> = {
  'name-known': words('The server’s name is known.', 'The system resolver has an answer.'),
  'name-is-address': words('The server is given by number.', 'An IP address: nothing to resolve.'),
  'tcp-open': words('The server can be reached.', 'A TCP connection was accepted.'),
  'tls-good': words('The server proved who it is.', 'The chain is trusted and the name fits.'),
  'tls-ends-soon': words(
    'The server’s certificate ends soon. Tell the technician.',
    'Trusted, with less than 14 days to go: renew it before the day.',
  ),
  'tls-none-here': words('The server is on this computer.', 'Plain http on loopback: no TLS is needed.'),
  'tls-none': words(
    'Anyone on the way can read and change what is sent. Ask for an https address.',
    'Plain http beyond this machine.',
  ),
  'http-straight': words('Nothing stands between.', 'HTTP is answered without redirect or gateway error.'),
  'http-failing': words(
    'The server itself is failing. Ask the technician to look at its log.',
    'HTTP 5xx that is no gateway’s.',
  ),
  'signed-in': words('You are signed in.', 'The token is in date and users/me answers 200.'),
  'not-signed-in': words(
    'Nobody is signed in, so some steps are left out.',
    'No token: steps that need one are skipped.',
  ),
  'clocks-agree': words('Both clocks agree.', 'Within 2 s.'),
  'clocks-differ': words(
    'The clocks differ. Set this computer to network time.',
    'Over 2 s apart: times of marks and the end of tokens are judged wrongly.',
  ),
  'clock-not-told': words('The server does not tell its time.', 'No usable Date header.'),
  'rest-good': words('It is an election server, and it has an election.', 'Envelope and elections list as expected.'),
  'rest-guarded': words('It is an election server.', 'The envelope is there; without a token it says 401.'),
  'rest-no-election': words('The server has no election yet. Ask the administrator.', 'The elections list is empty.'),
  'rest-strange': words(
    'Something answers there, but no election server. Check the address.',
    'The answer is not in the server’s envelope.',
  ),
  'socket-there': words('Live updates are there.', 'The upgrade with the Bearer header was accepted (101).'),
  'socket-guarded': words(
    'Live updates are there, for those signed in.',
    'The upgrade without a token is refused, as it should be.',
  ),
  'query-not-needed': words('Not needed.', 'The header works, so the token stays out of addresses and logs.'),
  'query-works': words(
    'Live updates work, in a less safe way.',
    'The header is refused and the token in the address is taken: something between drops Authorization.',
  ),
  'origin-any': words('The server takes any origin.', 'An upgrade without Origin is accepted too.'),
  'origin-checked': words('The server checks origins, and takes ours.', 'Without Origin the upgrade is refused.'),
  'origin-own-works': words(
    'The origin set for this server is refused. Empty the field “Origin” in its settings.',
    'The configured Origin is refused; the server’s own is taken.',
  ),
  'hello-hub': words('It is a hub: it can send again what was missed.', 'The hello names features and a position.'),
  'hello-plain': words(
    'It is an election server without numbers: the console reads everything again after each break.',
    'A plain hello, no features.',
  ),
  'hello-strange': words(
    'The server greets in a way not known here. Tell the technician.',
    'The first frame is no hello.',
  ),
  'ping-quick': words('The server’s own code answers quickly.', 'JSON ping and pong.'),
  'ping-slow': words(
    'The server answers slowly. Figures may lag.',
    'Over 1 s for a JSON ping: a bad line or a busy server.',
  ),
  'ping-lost': words(
    'The connection stands and the server says nothing. The console will dial again by itself.',
    'The socket is open; no pong to a JSON ping within the limit.',
  ),
  alive: words('The connection stays alive.', 'Life was seen all along.'),
  'alive-so-far': words('The connection was alive as long as was listened.', 'The half minute was cut short.'),
  'read-whole': words('Everything can be read.', 'Each topic was read whole.'),
  'read-partly': words(
    'Not everything could be read in time. The console goes on reading.',
    'Some topics failed or were not reached in 5 s.',
  ),
  'echo-came': words('A change comes back at once.', 'A no-op write came back as a frame.'),
  'echo-missing': words(
    'Changes do not come back: live updates are frozen, though the connection looks good. Ask the technician to restart Redis.',
    'The write was taken, pings are answered, no frame came: the channel layer is dead or frozen.',
  ),
  'echo-refused': words('The test change was not taken.', 'The server declined the no-op write.'),
  'echo-not-agreed': words(
    'Left out: nobody agreed to a test change.',
    'Needs the operator’s word: one record of their own is written as it is.',
  ),
  'echo-nothing-own': words('Left out: you have no record to test with.', 'No guarantee of one’s own.'),
  'not-reached': words('Left out, because an earlier step failed.', 'Depends on a step that failed.'),
  'not-asked': words('Left out.', 'Not asked for.'),
  'too-long': words('This took too long to wait for.', 'No outcome within the step’s 5 s.'),
}
