/** The settings of the agent as a whole, which every part may read. */
@NullMarked
package org.linli.edge.agent;

import org.jspecify.annotations.NullMarked;
