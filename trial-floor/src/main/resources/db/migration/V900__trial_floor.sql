-- For tests only: a floor has its tables by a migration of its own.
CREATE TABLE trial_report (
  device  TEXT   NOT NULL PRIMARY KEY,
  reports BIGINT NOT NULL
);

CREATE TABLE trial_letter (
  alert  TEXT     NOT NULL PRIMARY KEY,
  person TEXT     NOT NULL,
  sent   SMALLINT NOT NULL
);
