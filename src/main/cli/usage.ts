/** Every command with its help. The first line is the summary. */
export const USAGE: Readonly<Record<string, string>> = {
  start: `start the console (what \`npm start\` does)
  tallydesk start [--web | --electron] [--rehearsal | --server URL] [--port N] [--no-open] [--data DIR] [--kiosk]
                  [--wall] [--replay FILE] [--safe]
  --web          the browser shell, even where Electron could run
  --electron     Electron or nothing
  --rehearsal    a new rehearsal on the built-in hub, whatever was chosen last
  --server URL   connect to this server
  --port N       loopback port of the browser shell (default: any free one)
  --no-open      print the address instead of opening a browser
  --data DIR     where this desk keeps its journals and settings
  --kiosk        one task, full screen
  --wall         shows only, full screen: sums and committees, no person; keeps its own data directory
  --replay FILE  look at a journal file, or an evidence pack that holds one, from any desk: checked first, never changed
  --safe         safe mode: no link, no rehearsal; says what is on this desk and what can be done
  It is started again when it dies; after four deaths within a minute, in safe mode.`,
  hub: `run the server side, pair walls with one, or revoke an account
  tallydesk hub [--port 8000] [--host 127.0.0.1] [--data DIR] [--rehearsal] [--csv FILE --contest NAME] [--speed N|max]
  --data DIR     keep the election here; without it everything is in memory and gone at the end
  --rehearsal    fill an empty hub with the generated election and play its day
  --csv FILE     fill it with a precinct file in OpenElections form, and play that day
  --contest NAME which contest of the file (default: President)
  --speed N|max  how many times faster than the day (default 60)
  Prints one JSON line with its address, then one for each step of the day.
  tallydesk hub pair-wall   --server URL --email E [--password-env VAR] [--name NAME] [--ca FILE] [--plain]
  tallydesk hub walls       --server URL --email E …
  tallydesk hub unpair-wall --server URL --email E … --id N
  tallydesk hub revoke      --server URL --email E … --account A [--wipe]
  pair-wall      a code for one new wall, good for a quarter of an hour; the wall sees figures and no person
  walls          the walls this hub knows
  unpair-wall    takes a wall's sight away, at once
  revoke         takes account A away: it is signed out everywhere, its desks show nothing of this hub any more
  --wipe         they also remove what they keep of this hub; what was typed and never sent stays, and they say so`,
  watch: `the console without a window: what it sees, as NDJSON
  tallydesk watch --server URL --email E [--password-env VAR] [--data DIR] [--origin O] [--auth auto|bearer|query|ticket]
                  [--for SECONDS] [--commands] [--mode official|rehearsal] [--ca FILE] [--plain]
  --password-env VAR  the environment variable that holds the password (default TALLYDESK_PASSWORD)
  --origin O          what the handshake says it comes from (default: the server's own)
  --commands          reads {"id","do","input"} lines on standard input; answers {"t":"reply","id",…}
  --ca FILE           an extra certificate authority, PEM
  --plain             accept a server without TLS beyond this machine
  Lines: link, change, doubt, outbox, and at the end final with the whole state.`,
  state: `what this desk knows, as canonical JSON (sorted keys)
  tallydesk state --data DIR [--journal NAME]
  --journal NAME  which journal (default: the one written last)`,
  rehearse: `play a precinct file through a hub and a console over loopback, and compare the two
  tallydesk rehearse --csv FILE [--contest NAME] [--speed N|max] [--data DIR]
  --speed   default max
  --data    keep hub and journal here (default: a folder that is removed at the end)
  Ends with one JSON line: committees, electors, attendance, counts, events, consoleEqualsHub, journalHead.`,
  doctor: `what a connection to this server meets, step by step, each with its proof
  tallydesk doctor --server URL [--email E [--password-env VAR] [--echo] [--plain]] [--quick] [--json]
                   [--origin O] [--ca FILE] [--bundle FILE.zip [--data DIR]]
  --email E      sign in and look at everything; without it only at what can be seen from outside
  --echo         agree to a test change: one record of this account is written as it is, to see it come back
  --quick        do not listen for half a minute
  --bundle FILE  write a diagnostics bundle: findings, log, settings; no secrets, no people
  --data DIR     the desk whose log and settings go into it`,
  journal: `check a journal's hash chain, back it up, wipe it, or make an evidence pack from it
  tallydesk journal verify --data DIR [--journal NAME]
  tallydesk journal backup --data DIR [--journal NAME]
  tallydesk journal restore FILE --data DIR
  tallydesk journal export --data DIR [--journal NAME] --out FILE.zip [--sealed | --with-journal] [--language en|ar] [--upto N]
  tallydesk journal unsent --data DIR [--journal NAME]
  tallydesk journal wipe --data DIR [--journal NAME] [--yes NAME] [--give-up N]
  backup          a copy that was read back and checked; the last three are kept; a running desk makes one every hour.
                  It names people, as the journal does: to hand on, export --sealed
  restore         puts a backup in its journal's place; what lay there is kept, what waits to be sent goes on
  unsent          what was typed and no server has answered, one JSON line each
  wipe            removes a journal and all that was made of it on this desk, its sign-in too, once you typed its name;
                  refused while anything typed waits for the server; a record without names stays
  --yes NAME      the name typed beforehand
  --give-up N     removes it although N typed actions wait, where it is just so many: they are lost
  --sealed        to hand on: no names of electors or clerks, no telephone numbers, no notes; electors get ordinals
  --with-journal  the journal's own rows go in, so that others can verify the pack without this desk
  --language      of the paper in it (default en)
  --upto N        the last record that goes in (default: the last there is)`,
  pack: `prove that an evidence pack equals the journal it was made from
  tallydesk pack verify FILE.zip [--data DIR [--journal NAME] | --journal FILE] [--schema FILE]
  --data DIR      a desk's data directory: every file is made again from its journal and compared byte for byte
  --journal FILE  the same with a journal's file
  --schema FILE   also hold the NIST report against this JSON schema
  Without a journal it proves that the pack is whole, and ends with 3.`,
}

export const overview = (): string =>
  [
    'Tallydesk: every number says how far it can be trusted.',
    '',
    'tallydesk COMMAND [options]     (tallydesk COMMAND --help)',
    '',
    ...Object.entries(USAGE).map(([name, text]) => `  ${name.padEnd(9)} ${text.slice(0, text.indexOf('\n'))}`),
    '',
    'JSON goes to standard output, words to standard error.',
    'Exit codes: 0 done, 1 the answer is no, 2 wrong options, 3 not proved, 65 bad input, 69 no server, 73 cannot open, 74 disk failed.',
  ].join('\n')
