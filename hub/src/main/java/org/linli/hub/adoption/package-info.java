/**
 * How an unregistered device is registered, how broken hardware is replaced, and which registry
 * each gateway is sent.
 */
@NullMarked
package org.linli.hub.adoption;

import org.jspecify.annotations.NullMarked;
