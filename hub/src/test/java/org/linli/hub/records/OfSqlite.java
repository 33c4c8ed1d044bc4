package org.linli.hub.records;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test about SQLite's own files, which is skipped where the records are in PostgreSQL. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
    named = TestDatabase.SETTING,
    matches = TestDatabase.POSTGRESQL,
    disabledReason = "it is about SQLite's files")
public @interface OfSqlite {}
