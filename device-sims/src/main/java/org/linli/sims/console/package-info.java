/** The messages of the commands to people, and the errors that end a command. */
@NullMarked
package org.linli.sims.console;

import org.jspecify.annotations.NullMarked;
