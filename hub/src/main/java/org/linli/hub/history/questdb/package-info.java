/** The embedded store: two QuestDB tables in the data folder. */
@NullMarked
package org.linli.hub.history.questdb;

import org.jspecify.annotations.NullMarked;
