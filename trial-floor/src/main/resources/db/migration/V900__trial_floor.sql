-- For tests only: a floor has its tables by a migration of its own.
CREATE TABLE trial_report (
  community TEXT   NOT NULL,
  device    TEXT   NOT NULL,
  reports   BIGINT NOT NULL,
  PRIMARY KEY (community, device)
);

CREATE TABLE trial_letter (
  alert  TEXT     NOT NULL PRIMARY KEY,
  person TEXT     NOT NULL,
  sent   SMALLINT NOT NULL
);
