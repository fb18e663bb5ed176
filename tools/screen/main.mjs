/**
 * `node tools/screen/main.mjs ROOT`: words on screen come from the word books, figures carry their doubt. Ends with 1 and one
 * line a fault.
 */
import { bareFigures } from './figures.mjs'
import { KNOWN } from './known.mjs'
import { windowSources } from './source.mjs'
import { hardCoded, wordBooks, wordFaults } from './words.mjs'

const [root = '.'] = process.argv.slice(2)
const sources = windowSources(root)
const faults = [...hardCoded(sources), ...wordFaults(sources, await wordBooks(root)), ...bareFigures(sources, KNOWN)]
console.log(`${sources.length} files of the window, ${faults.length} faults`)
for (const fault of faults) console.log(fault)
if (faults.length > 0) process.exitCode = 1
