/** Raised with every change of the tables; a store of another number is refused, never guessed at. */
export const SCHEMA_VERSION = 6

const VERSIONS = 'CREATE TABLE versions (record TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;'
/** Accounts that were taken away, by whose order, and whether their desks are to remove what they keep. */
const REVOCATIONS = `CREATE TABLE IF NOT EXISTS revocations (
  user INTEGER PRIMARY KEY REFERENCES users(id), id TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, wipe INTEGER NOT NULL) STRICT;`
const CALLS = `CREATE TABLE IF NOT EXISTS calls (
  elector TEXT PRIMARY KEY REFERENCES electors(koc_id), user INTEGER REFERENCES users(id), caller TEXT, window TEXT, since INTEGER,
  until INTEGER, outcome TEXT, called_by INTEGER REFERENCES users(id), called_caller TEXT, called_at INTEGER,
  times INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS calls_until ON calls(until) WHERE user IS NOT NULL;`
const REMARKS = `CREATE TABLE IF NOT EXISTS sheet_remarks (
  id INTEGER PRIMARY KEY, committee INTEGER NOT NULL REFERENCES committees(id), code TEXT NOT NULL, field TEXT NOT NULL,
  n INTEGER NOT NULL, most INTEGER NOT NULL, place TEXT, content TEXT NOT NULL, user INTEGER NOT NULL REFERENCES users(id),
  created_at INTEGER NOT NULL, handled_by INTEGER REFERENCES users(id), handled_at INTEGER, handled_content TEXT) STRICT;
CREATE INDEX IF NOT EXISTS sheet_remarks_of ON sheet_remarks(committee);`
/** Two people type a sheet, blind: a round is open until `how` says how it ended, and its entries are only ever added to. */
const TYPED = `CREATE TABLE IF NOT EXISTS sheet_rounds (
  id INTEGER PRIMARY KEY, committee INTEGER NOT NULL REFERENCES committees(id), how TEXT, user INTEGER REFERENCES users(id),
  content TEXT, ended_at INTEGER, on_record INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS sheet_rounds_open ON sheet_rounds(committee) WHERE how IS NULL;
CREATE INDEX IF NOT EXISTS sheet_rounds_of ON sheet_rounds(committee);
CREATE TABLE IF NOT EXISTS sheet_entries (
  id INTEGER PRIMARY KEY, round INTEGER NOT NULL REFERENCES sheet_rounds(id), user INTEGER NOT NULL REFERENCES users(id),
  turns INTEGER NOT NULL, at INTEGER NOT NULL, figures TEXT NOT NULL, remarks TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS sheet_entries_of ON sheet_entries(round, id);`
/** From one number to the next. Of what changed before there were versions only that it is no newer than then is known. */
export const UPGRADES: ReadonlyMap<number, string> = new Map([
  [
    1,
    `${VERSIONS} INSERT INTO meta (key, value) SELECT 'versions-from', CAST(coalesce(max(seq), 0) AS TEXT) FROM frames;`,
  ],
  [2, REVOCATIONS],
  [3, CALLS],
  [4, REMARKS],
  [5, TYPED],
])

/** Times are UTC milliseconds. Counters on `committees` and `attendance_hours` are kept by triggers, so no path forgets them. */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL,
  first_name TEXT NOT NULL, last_name TEXT NOT NULL, phone TEXT NOT NULL DEFAULT '', role TEXT NOT NULL,
  supervisor INTEGER REFERENCES users(id) ON DELETE SET NULL, teams TEXT NOT NULL DEFAULT '[]',
  committees TEXT NOT NULL DEFAULT '[]', is_active INTEGER NOT NULL DEFAULT 1,
  date_joined INTEGER NOT NULL, last_login INTEGER) STRICT;
CREATE INDEX users_supervisor ON users(supervisor);
${REVOCATIONS}

CREATE TABLE elections (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL DEFAULT '', mode TEXT NOT NULL,
  voting_mode TEXT NOT NULL, max_candidates INTEGER NOT NULL, allow_partial INTEGER NOT NULL DEFAULT 1,
  minimum_votes INTEGER NOT NULL DEFAULT 1, status TEXT NOT NULL, election_date TEXT,
  created_by INTEGER REFERENCES users(id), created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;

CREATE TABLE committees (
  id INTEGER PRIMARY KEY, election INTEGER NOT NULL REFERENCES elections(id), code TEXT NOT NULL, name TEXT NOT NULL,
  gender TEXT NOT NULL, location TEXT NOT NULL DEFAULT '', electors_from INTEGER, electors_to INTEGER,
  electors INTEGER NOT NULL DEFAULT 0, attended INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL DEFAULT 0,
  votes INTEGER NOT NULL DEFAULT 0, guarantees INTEGER NOT NULL DEFAULT 0, guarantees_attended INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (election, code)) STRICT;

CREATE TABLE electors (
  koc_id TEXT PRIMARY KEY, full_name TEXT NOT NULL, name_first TEXT NOT NULL, name_second TEXT NOT NULL DEFAULT '',
  name_third TEXT NOT NULL DEFAULT '', name_fourth TEXT NOT NULL DEFAULT '', name_fifth TEXT NOT NULL DEFAULT '',
  name_sixth TEXT NOT NULL DEFAULT '', sub_family_name TEXT NOT NULL DEFAULT '', family_name TEXT NOT NULL DEFAULT '',
  gender TEXT NOT NULL, designation TEXT NOT NULL DEFAULT '', section TEXT NOT NULL DEFAULT '',
  extension TEXT NOT NULL DEFAULT '', mobile TEXT NOT NULL DEFAULT '', area TEXT NOT NULL DEFAULT '',
  department TEXT NOT NULL DEFAULT '', team TEXT NOT NULL DEFAULT '', committee INTEGER REFERENCES committees(id),
  is_active INTEGER NOT NULL DEFAULT 1, is_approved INTEGER NOT NULL DEFAULT 1, attended_at INTEGER,
  created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX electors_committee ON electors(committee);

CREATE TABLE attendance (
  id INTEGER PRIMARY KEY, elector TEXT NOT NULL REFERENCES electors(koc_id), committee INTEGER NOT NULL REFERENCES committees(id),
  marked_by INTEGER REFERENCES users(id), attended_at INTEGER NOT NULL, notes TEXT NOT NULL DEFAULT '', status TEXT NOT NULL,
  ip TEXT NOT NULL DEFAULT '', agent TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX attendance_committee ON attendance(committee, id);
CREATE INDEX attendance_elector ON attendance(elector);
CREATE UNIQUE INDEX attendance_once ON attendance(elector) WHERE status = 'ATTENDED';
CREATE TABLE attendance_hours (
  committee INTEGER NOT NULL, hour INTEGER NOT NULL, attended INTEGER NOT NULL, PRIMARY KEY (committee, hour)) STRICT, WITHOUT ROWID;

CREATE TABLE parties (
  id INTEGER PRIMARY KEY, election INTEGER NOT NULL REFERENCES elections(id), name TEXT NOT NULL, color TEXT NOT NULL DEFAULT '#000000',
  description TEXT NOT NULL DEFAULT '', is_active INTEGER NOT NULL DEFAULT 1, UNIQUE (election, name)) STRICT;
CREATE TABLE candidates (
  id INTEGER PRIMARY KEY, election INTEGER NOT NULL REFERENCES elections(id), name TEXT NOT NULL, number INTEGER NOT NULL,
  party INTEGER REFERENCES parties(id) ON DELETE SET NULL, is_active INTEGER NOT NULL DEFAULT 1, UNIQUE (election, number)) STRICT;

CREATE TABLE vote_counts (
  id INTEGER PRIMARY KEY, election INTEGER NOT NULL REFERENCES elections(id), committee INTEGER NOT NULL REFERENCES committees(id),
  candidate INTEGER NOT NULL REFERENCES candidates(id), vote_count INTEGER NOT NULL CHECK (vote_count >= 0), status TEXT NOT NULL,
  is_verified INTEGER NOT NULL DEFAULT 0, entered_by INTEGER REFERENCES users(id), verified_by INTEGER REFERENCES users(id),
  verified_at INTEGER, notes TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  UNIQUE (committee, candidate)) STRICT;
CREATE INDEX vote_counts_candidate ON vote_counts(candidate);
CREATE TABLE vote_audit (
  id INTEGER PRIMARY KEY, vote_count INTEGER NOT NULL, action TEXT NOT NULL, user INTEGER, old_value INTEGER, new_value INTEGER,
  notes TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL) STRICT;
CREATE INDEX vote_audit_count ON vote_audit(vote_count);
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, election INTEGER NOT NULL REFERENCES elections(id), committee INTEGER NOT NULL UNIQUE REFERENCES committees(id),
  status TEXT NOT NULL, cast_ballots INTEGER NOT NULL, invalid_ballots INTEGER NOT NULL, entered_by INTEGER, completed_at INTEGER,
  verified_by INTEGER, verified_at INTEGER, notes TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE results (
  id INTEGER PRIMARY KEY, election INTEGER NOT NULL UNIQUE REFERENCES elections(id), status TEXT NOT NULL, figures TEXT NOT NULL,
  generated_by INTEGER, generated_at INTEGER, published_by INTEGER, published_at INTEGER,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;

CREATE TABLE guarantee_groups (
  id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users(id), name TEXT NOT NULL, color TEXT NOT NULL DEFAULT '#1976d2',
  description TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  UNIQUE (user, name)) STRICT;
CREATE TABLE guarantees (
  id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users(id), elector TEXT NOT NULL REFERENCES electors(koc_id),
  status TEXT NOT NULL, confirmation TEXT NOT NULL, group_id INTEGER REFERENCES guarantee_groups(id) ON DELETE SET NULL,
  mobile TEXT NOT NULL DEFAULT '', quick_note TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  UNIQUE (user, elector)) STRICT;
CREATE INDEX guarantees_elector ON guarantees(elector);
CREATE INDEX guarantees_group ON guarantees(group_id);
CREATE TABLE guarantee_notes (
  id INTEGER PRIMARY KEY, guarantee INTEGER NOT NULL REFERENCES guarantees(id) ON DELETE CASCADE, user INTEGER NOT NULL REFERENCES users(id),
  content TEXT NOT NULL, is_important INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX guarantee_notes_of ON guarantee_notes(guarantee);
CREATE TABLE guarantee_history (
  id INTEGER PRIMARY KEY, guarantee INTEGER NOT NULL, user INTEGER NOT NULL, action TEXT NOT NULL, old_value TEXT NOT NULL DEFAULT '',
  new_value TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL) STRICT;
CREATE INDEX guarantee_history_of ON guarantee_history(guarantee);

CREATE TABLE frames (seq INTEGER PRIMARY KEY, text TEXT NOT NULL, owner INTEGER, committee TEXT) STRICT;
${VERSIONS}
${CALLS}
${REMARKS}
${TYPED}
CREATE TABLE revoked (token TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX revoked_expiry ON revoked(expires_at);
CREATE TABLE answers (
  user INTEGER NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (user, key)) STRICT, WITHOUT ROWID;
CREATE INDEX answers_at ON answers(at);

CREATE TRIGGER elector_in AFTER INSERT ON electors WHEN NEW.is_active = 1 BEGIN
  UPDATE committees SET electors = electors + 1 WHERE id = NEW.committee; END;
CREATE TRIGGER elector_move AFTER UPDATE OF committee, is_active ON electors BEGIN
  UPDATE committees SET electors = electors - OLD.is_active WHERE id = OLD.committee;
  UPDATE committees SET electors = electors + NEW.is_active WHERE id = NEW.committee; END;
CREATE TRIGGER elector_attends AFTER UPDATE OF attended_at ON electors
  WHEN (OLD.attended_at IS NULL) <> (NEW.attended_at IS NULL) BEGIN
  UPDATE committees SET guarantees_attended = guarantees_attended + iif(NEW.attended_at IS NULL, -1, 1)
    * (SELECT count(*) FROM guarantees WHERE elector = NEW.koc_id) WHERE id = NEW.committee; END;

CREATE TRIGGER attendance_in AFTER INSERT ON attendance BEGIN
  UPDATE committees SET attended = attended + (NEW.status = 'ATTENDED'), pending = pending + (NEW.status = 'PENDING') WHERE id = NEW.committee;
  UPDATE electors SET attended_at = NEW.attended_at WHERE koc_id = NEW.elector AND NEW.status = 'ATTENDED';
  INSERT INTO attendance_hours SELECT NEW.committee, NEW.attended_at / 3600000, 1 WHERE NEW.status = 'ATTENDED'
    ON CONFLICT DO UPDATE SET attended = attended + 1; END;
CREATE TRIGGER attendance_out AFTER DELETE ON attendance BEGIN
  UPDATE committees SET attended = attended - (OLD.status = 'ATTENDED'), pending = pending - (OLD.status = 'PENDING') WHERE id = OLD.committee;
  UPDATE electors SET attended_at = NULL WHERE koc_id = OLD.elector AND OLD.status = 'ATTENDED';
  UPDATE attendance_hours SET attended = attended - 1
    WHERE committee = OLD.committee AND hour = OLD.attended_at / 3600000 AND OLD.status = 'ATTENDED'; END;
CREATE TRIGGER attendance_status AFTER UPDATE OF status ON attendance WHEN OLD.status <> NEW.status BEGIN
  UPDATE committees SET attended = attended + iif(NEW.status = 'ATTENDED', 1, -1), pending = pending + iif(NEW.status = 'PENDING', 1, -1)
    WHERE id = NEW.committee;
  UPDATE electors SET attended_at = iif(NEW.status = 'ATTENDED', NEW.attended_at, NULL) WHERE koc_id = NEW.elector;
  INSERT INTO attendance_hours VALUES (NEW.committee, NEW.attended_at / 3600000, iif(NEW.status = 'ATTENDED', 1, -1))
    ON CONFLICT DO UPDATE SET attended = attended + excluded.attended; END;

CREATE TRIGGER vote_in AFTER INSERT ON vote_counts BEGIN
  UPDATE committees SET votes = votes + NEW.vote_count WHERE id = NEW.committee; END;
CREATE TRIGGER vote_change AFTER UPDATE OF vote_count ON vote_counts BEGIN
  UPDATE committees SET votes = votes + NEW.vote_count - OLD.vote_count WHERE id = NEW.committee; END;
CREATE TRIGGER vote_out AFTER DELETE ON vote_counts BEGIN
  UPDATE committees SET votes = votes - OLD.vote_count WHERE id = OLD.committee; END;

CREATE TRIGGER guarantee_in AFTER INSERT ON guarantees BEGIN
  UPDATE committees SET guarantees = guarantees + 1, guarantees_attended = guarantees_attended
    + (SELECT attended_at IS NOT NULL FROM electors WHERE koc_id = NEW.elector)
    WHERE id = (SELECT committee FROM electors WHERE koc_id = NEW.elector); END;
CREATE TRIGGER guarantee_out AFTER DELETE ON guarantees BEGIN
  UPDATE committees SET guarantees = guarantees - 1, guarantees_attended = guarantees_attended
    - (SELECT attended_at IS NOT NULL FROM electors WHERE koc_id = OLD.elector)
    WHERE id = (SELECT committee FROM electors WHERE koc_id = OLD.elector); END;
`
