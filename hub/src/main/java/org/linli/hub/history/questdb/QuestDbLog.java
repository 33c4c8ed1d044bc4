package org.linli.hub.history.questdb;

import io.questdb.log.LogFactory;

/** QuestDB's own log. */
final class QuestDbLog {

  private QuestDbLog() {}

  /**
   * Silences QuestDB, which by itself logs each of its statements to standard output. Its failures
   * reach us as exceptions. Must be called before any other class of QuestDB is loaded. If
   * QuestDB's own {@code out} property is set, its log stays as configured.
   */
  static synchronized void silence() {
    if (System.getProperty(LogFactory.CONFIG_SYSTEM_PROPERTY) == null) {
      System.setProperty(
          LogFactory.CONFIG_SYSTEM_PROPERTY, "/org/linli/hub/history/questdb/no-log.conf");
      LogFactory.getInstance();
      System.clearProperty(LogFactory.CONFIG_SYSTEM_PROPERTY);
    }
  }
}
