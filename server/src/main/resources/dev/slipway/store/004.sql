-- Times in milliseconds since 1970.
CREATE TABLE build (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  app TEXT NOT NULL REFERENCES app ON DELETE CASCADE ON UPDATE CASCADE,
  origin TEXT NOT NULL,
  revision TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  status TEXT NOT NULL,
  exit_code INTEGER
) STRICT;

CREATE INDEX build_app ON build (app);
