/**
 * What each message of a gateway passes, by whichever way it came: who may send, in which order the
 * work is done, and what is answered.
 */
@NullMarked
package org.linli.hub.gateway.entrance;

import org.jspecify.annotations.NullMarked;
