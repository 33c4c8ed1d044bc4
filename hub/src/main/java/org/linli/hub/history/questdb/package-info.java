/** The embedded store: QuestDB tables in the data folder. */
@NullMarked
package org.linli.hub.history.questdb;

import org.jspecify.annotations.NullMarked;
