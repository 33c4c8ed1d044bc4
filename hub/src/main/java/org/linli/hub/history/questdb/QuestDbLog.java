package org.linli.hub.history.questdb;

import io.questdb.log.LogFactory;

/** QuestDB's own log. */
final class QuestDbLog {

  private QuestDbLog() {}

  /**
   * QuestDB logs by its own means, each of its statements, to standard output. Here it is silent:
   * its failures reach us as exceptions. To be called before any other class of it is touched.
   * Whoever sets QuestDB's own {@code out} property keeps what it says.
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
