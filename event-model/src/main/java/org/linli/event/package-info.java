/**
 * Events, their identity, and the messages between gateway and hub, as plain values. {@code codec}
 * has their wire forms.
 */
@NullMarked
package org.linli.event;

import org.jspecify.annotations.NullMarked;
