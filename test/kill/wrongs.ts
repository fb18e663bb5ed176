import type { KillReport } from './run.ts'

/** In so many lives everything is typed. */
const ENOUGH = 20

/** What is wrong with such a run, in words; none when the promise was kept. */
export function wrongsOf(report: KillReport): readonly string[] {
  const { lost, doubled, forgotten, waiting, refused, journal, livesWithMarks, kills, savedOf } = report
  const never = Object.keys(savedOf).filter((does) => savedOf[does] === 0)
  return [
    ...(lost.length > 0 ? [`${lost.length} said to be saved and lost: ${lost.slice(0, 5).join(', ')}`] : []),
    ...(doubled.length > 0 ? [`${doubled.length} twice: ${doubled.slice(0, 5).join(', ')}`] : []),
    ...(forgotten > 0 ? [`${forgotten} saved and no longer known to the desk`] : []),
    ...(waiting > 0 ? [`${waiting} still waiting in the end`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused: ${refused[0]}`] : []),
    ...(journal.intact ? [] : ['the journal does not verify']),
    // A run in which something was never typed proves nothing of it.
    ...(never.length > 0 && kills >= ENOUGH ? [`never saved: ${never.join(', ')}`] : []),
    // A run whose desks never came to save anything would prove nothing.
    ...(livesWithMarks < kills / 2 ? [`only ${livesWithMarks} of ${kills} lives saved anything`] : []),
  ]
}
