CREATE TABLE route (
  app TEXT NOT NULL REFERENCES app ON DELETE CASCADE ON UPDATE CASCADE,
  path TEXT NOT NULL,
  process TEXT NOT NULL,
  port INTEGER NOT NULL,
  strip INTEGER NOT NULL,
  idle_seconds INTEGER NOT NULL,
  sticky TEXT,
  max_connections INTEGER NOT NULL,
  PRIMARY KEY (app, path)
) STRICT, WITHOUT ROWID;

-- Times in milliseconds since 1970.
CREATE TABLE draining (
  id TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  late INTEGER NOT NULL,
  deadline INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO draining SELECT id, deadline * 1000, deadline * 1000, deadline * 1000 FROM retiring;

DROP TABLE retiring;
