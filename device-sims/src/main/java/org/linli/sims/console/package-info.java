/** What the commands say to people, and how they give up. */
@NullMarked
package org.linli.sims.console;

import org.jspecify.annotations.NullMarked;
