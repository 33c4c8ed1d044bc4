/**
 * Pictures that come with events. They stay at the gateway as files, and events name them. They are
 * written without an fsync, so a power cut can lose a picture and keep its event.
 */
@NullMarked
package org.linli.edge.picture;

import org.jspecify.annotations.NullMarked;
