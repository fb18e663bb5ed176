import type { Locator, Page } from 'playwright-core'

/** What a hand does before the picture is taken, in English: a key, words typed, or a press on what is named so. */
export type Step =
  | { readonly key: string }
  | { readonly type: string }
  | { readonly press: RegExp; readonly role?: 'button' | 'link' | 'radio' | 'row' | 'tab' }

/** Something that lies over a screen, or a turn of it that only a hand brings about. */
export type Opened = {
  readonly name: string
  /** As `?fake=` takes it. */
  readonly scenario: string
  /** With its query, as the address bar holds it. */
  readonly screen: string
  readonly steps: readonly Step[]
}

const DAY = 'still,13,yours,conflicts,counting'
const QUIET = 'still,13,counting'

const press = (name: RegExp, role: 'button' | 'link' | 'radio' | 'row' | 'tab' = 'button'): Step => ({
  press: name,
  role,
})
const key = (name: string): Step => ({ key: name })

const at = (name: string, screen: string, steps: readonly Step[] = [], scenario = DAY): Opened => ({
  ...{ name, screen, steps, scenario },
})

/** Around every screen. */
const FRAME: readonly Opened[] = [
  at('palette', 'board', [key('Control+k')]),
  at('palette found', 'board', [key('Control+k'), { type: 'm4' }]),
  at('palette nothing', 'board', [key('Control+k'), { type: 'zzz' }]),
  at('keys', 'board', [key('?')]),
  at('menu', 'board', [press(/^Menu/)]),
  at('connect', 'board', [press(/^Menu/), press(/^Connect to your server/)], QUIET),
  at('connect missing', 'board', [press(/^Menu/), press(/^Connect to your server/), press(/^Connect$/)], QUIET),
  at('leaving', 'board', [press(/^Menu/), press(/^Sign out/)]),
  at('cause card', 'board', [press(/^Offline/)], 'still,13,offline,yours,counting'),
  at('link card', 'board', [press(/^Live/)], QUIET),
  at('yours', 'board', [press(/^Yours/)]),
  at('undo', 'board', [press(/^Yours/), press(/^Undo/)]),
  at('arrival', 'board', [press(/^Yours/), press(/^Record as pending/)]),
  at('messages none', 'board', [press(/^Messages/)]),
  at('recordings', 'board', [press(/^Recorded days/)]),
  at('frozen', 'board', [key('f')]),
  at('time zone', 'board', [press(/^Menu/), press(/^Time zone/)]),
  at('print', 'guarantees?committee=m1', [press(/^Print the list/)]),
  at('tour', 'board', [press(/^Start the tour/)]),
  at('tour end', 'board', [press(/^Start the tour/), ...Array.from({ length: 5 }, () => key('Enter'))]),
]

/** On the screens, in their order. */
const SCREENS: readonly Opened[] = [
  at('sums', 'guarantees?view=sums'),
  at('new guarantee', 'guarantees', [press(/^New guarantee/)]),
  at('edit guarantee', 'guarantees', [press(/^More for/)]),
  at('remove guarantee', 'guarantees', [press(/^More for/), press(/^Take away/)]),
  at('notes', 'guarantees', [press(/^Notes on/)]),
  at('choices', 'guarantees', [press(/^Promised$/)]),
  at('bulk', 'guarantees', [press(/^Change many/)]),
  at('bulk preview', 'guarantees', [press(/^Change many/), press(/^Preview/)]),
  at('saved views', 'guarantees?status=PENDING', [press(/^Saved views/)]),
  at('calls', 'radar?list=calls'),
  at('calls none', 'radar?list=calls', [], 'still,none'),
  at('correct', 'attendance', [press(/^Correct the mark/)]),
  at('arrival unknown', 'attendance?open=pending&of=404+%40+m1+%40+unknown'),
  at('paper', 'attendance?view=reconcile&committee=m2&open=paper&of=m2'),
  at('provenance', 'attendance', [press(/^(read|live|this desk)/, 'link')]),
  at('sheet', 'count?committee=m3&sheet=open'),
  at('sheet wrong', 'count?committee=m3&sheet=open', [press(/^Save the sheet/)]),
  at('sheet of two', 'count?committee=m3&sheet=open', [], `${QUIET},double`),
  at('sheet entered once', 'count?committee=m5&sheet=open', [], `${QUIET},double,counting`),
  at('sheet kept sealed', 'count?committee=f6&sheet=open', [], `${QUIET},double,counting`),
  at('sheet decided', 'count?committee=m1', [], `${QUIET},double,counting`),
  at('committee counts', 'count?committee=m1'),
  at('verify', 'count?committee=m1', [press(/^Verify the sheet/)]),
  at('counting settings', 'count', [press(/^Seats|^One person|^Two people/)]),
  at('committee', 'committee?code=m4'),
  at('parties', 'results?view=parties'),
  at('by committee', 'results?view=committees'),
  at('lead', 'results?view=lead'),
  at('publish', 'results', [press(/^Publish/)]),
  at('sign off', 'results?open=publish', [], 'still,13,offline,counting'),
  at('published', 'results', [], `${QUIET},published`),
  at('evidence', 'results', [press(/^Evidence pack/)]),
  at('evidence made', 'results', [press(/^Evidence pack/)], `${QUIET},pack`),
  at('evidence making', 'results', [press(/^Evidence pack/)], `${QUIET},packing`),
  at('evidence failed', 'results', [press(/^Evidence pack/)], `${QUIET},no-pack`),
  at('rules', 'incidents', [press(/^Rules and sound/)]),
  at('hand-over', 'incidents', [press(/^Hand over/)]),
  at('hand-over waits', 'incidents', [press(/^Read and confirm/)], 'still,13,yours,hand-over'),
  at('snooze', 'incidents', [press(/^Snooze/)]),
  at('escalate', 'incidents', [press(/^Escalate/)]),
  at('resolve', 'incidents', [press(/^Resolve/)]),
  at('note', 'incidents', [press(/^Note/)]),
  at('keeping', 'link?open=keeping'),
]

/** A wall's scenes and how it is set up. */
const WALL: readonly Opened[] = [
  ...(['turnout', 'committees', 'count', 'link'] as const).map((scene) =>
    at(`wall ${scene}`, `wall/${scene}?paused`, [], 'still,wall,13,counting'),
  ),
  at('wall many', 'wall/committees?paused', [], 'still,wall,420,counting,doubt,rehearsal'),
  at('wall offline', 'wall/turnout?paused', [], 'still,wall,13,offline'),
  at('wall set-up', 'wall', [], 'still,wall,no-server'),
]

export const opened: readonly Opened[] = [...FRAME, ...SCREENS, ...WALL]

/** Does it, one after the other, each where it is found first. */
export async function take(page: Page, steps: readonly Step[], drawn: () => Promise<void>): Promise<void> {
  for (const step of steps) {
    if ('key' in step) await page.keyboard.press(step.key)
    else if ('type' in step) await page.keyboard.type(step.type)
    else await pressed(page.getByRole(step.role ?? 'button', { name: step.press }))
    await drawn()
  }
}

/** The first that may be pressed: those that are refused only say why. */
async function pressed(found: Locator): Promise<void> {
  await found.first().waitFor({ timeout: FOUND_WITHIN_MS })
  for (const each of await found.all())
    if ((await each.getAttribute('aria-disabled')) !== 'true') return each.click({ timeout: FOUND_WITHIN_MS })
  await found.first().focus()
}

/** What is not there by then is not there, ms. */
const FOUND_WITHIN_MS = 8_000
