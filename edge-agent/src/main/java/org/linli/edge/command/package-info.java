/** The last command of each device. */
@NullMarked
package org.linli.edge.command;

import org.jspecify.annotations.NullMarked;
